import Postgres
import Values

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension Receipt {
    /// Receipts `r` in series `s` with all that they say; conditions and an order may follow.
    static let select = """
        select r.id, s.kind, s.serial, r.number, r.code, r.amount, r.issued_at, s.agency_code,
            coalesce(c.name, a.name_vi, s.agency_code), c.address, c.tax_code, c.phone, q.id, q.reference, q.dossier_code,
            q.procedure_code, coalesce(p.name_vi, ''), q.channel, q.payer_name, q.lines,
            os.serial, o.number, o.code, r.reason, ns.serial, n.number, n.code, coalesce((
                select json_agg(json_build_object('error', x.error, 'note', x.note, 'at', event_time(x.made_at))
                    order by x.id) from receipt_notice x where x.receipt_id = r.id), '[]')
        from receipt r join receipt_series s on s.id = r.series_id join payment_request q on q.id = r.payment_request_id
            left join lateral (
                select * from receipt_collector x where x.agency_code = s.agency_code and x.set_at <= r.issued_at
                order by x.id desc limit 1) c on true
            left join lateral (
                select x.name_vi from agency x join catalogue_version v on v.id = x.added_in
                where x.code = s.agency_code order by v.imported_at <= r.issued_at desc, x.added_in desc limit 1) a on true
            left join lateral (
                select x.name_vi from procedure x where x.code = q.procedure_code order by x.added_in desc limit 1) p on true
            left join receipt o on o.id = r.replaces left join receipt_series os on os.id = o.series_id
            left join receipt n on n.replaces = r.id left join receipt_series ns on ns.id = n.series_id
        """

    init(_ row: Row) throws {
        id = try row.get(0)
        guard let kind = ReceiptNumber.Kind(rawValue: try row.get(1)) else {
            throw PostgresError.unreadable("\(try row.get(1, as: String.self)) is not a kind of receipts")
        }
        number = ReceiptNumber(kind, serial: try row.get(2), number: try row.get(3), code: try row.get(4))
        amount = try row.get(5)
        issuedAt = try row.get(6)
        agencyCode = try row.get(7)
        collector = try row.get(8)
        (address, taxCode, phone) = (try row.get(9), try row.get(10), try row.get(11))
        (requestID, reference, dossierCode) = (try row.get(12), try row.get(13), try row.get(14))
        (procedureCode, procedureName, channel) = (try row.get(15), try row.get(16), try row.get(17))
        payerName = try row.get(18)
        items = Receipt.items(try row.get(19), kind, adding: try row.get(5))
        replaces = try Receipt.other(kind, row, 20)
        reason = try row.get(23)
        replacedBy = try Receipt.other(kind, row, 24)
        notices = (try row.get(27, as: JSON.self).array ?? []).compactMap { notice in
            guard let error = notice["error"]?.string.flatMap(ReceiptError.init),
                let at = notice["at"]?.string.flatMap({ Instant($0) })
            else { return nil }
            return Notice(error: error, note: notice["note"]?.string ?? "", madeAt: at)
        }
    }

    private static func other(_ kind: ReceiptNumber.Kind, _ row: Row, _ place: Int) throws -> ReceiptNumber? {
        guard let serial = try row.get(place, as: String?.self) else { return nil }
        return ReceiptNumber(kind, serial: serial, number: try row.get(place + 1), code: try row.get(place + 2))
    }

    /// The lines of the kind; if they are more than the amount, the rest was given back, which is an item of its own.
    static func items(_ lines: JSON, _ kind: ReceiptNumber.Kind, adding amount: Money) -> [Item] {
        var items: [Item] = (lines.array ?? []).compactMap { line in
            guard line["kind"]?.string == kind.rawValue, let payable = line["payable"]?.integer, payable > 0 else {
                return nil
            }
            return Item(
                name: line["name_vi"]?.string ?? kind.title,
                unit: line["unit"]?.string ?? "",
                quantity: line["quantity"]?.integer ?? 1,
                amount: Money(payable),
                legalBasis: line["legal_basis"]?.string ?? ""
            )
        }
        let stated = items.reduce(Money.zero) { $0 + $1.amount }
        if stated < amount {
            // The lines are not those of then: the request was assessed again after the payment was undone.
            items = [Item(name: kind.title, unit: "", quantity: 1, amount: amount, legalBasis: "")]
        } else if stated > amount {
            items.append(
                Item(name: "Trừ: đã hoàn trả", unit: "", quantity: 1, amount: amount - stated, legalBasis: "")
            )
        }
        return items
    }
}

extension ReceiptNumber.Kind {
    /// What is collected, where nothing more is known of it.
    fileprivate var title: String {
        switch self {
        case .fee: "Phí"
        case .charge: "Lệ phí"
        }
    }
}
