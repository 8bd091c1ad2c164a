public import Values

/// What a request tells of one of its receipts; the rest is behind its address.
public struct IssuedReceipt: Sendable, Hashable {
    /// `fee` or `charge`.
    public let kind: String
    /// `EBL01` or `EBL02`.
    public let form: String
    public let serial: String
    /// Of the series.
    public let number: Int64
    public let amount: Money
    public let issuedAt: Instant
    /// The last part of the address of its page: `EBL01-26TAA-123-K7Q2M9A4X3`.
    public let address: String
    /// Whether another receipt stands in its place.
    public let isReplaced: Bool

    /// `EBL01-26TAA-123`.
    public var text: String { "\(form)-\(serial)-\(number)" }

    func json(publicURL: String) -> JSON {
        [
            "number": .string(text), "kind": .string(kind), "form": .string(form), "serial": .string(serial),
            "amount": .money(amount), "issued_at": .text(issuedAt), "url": .string("\(publicURL)/r/\(address)"),
            "status": .string(isReplaced ? "replaced" : "issued"),
        ]
    }

    /// The receipts of a row of `payment_request`, as JSON.
    static let column = """
        (select json_agg(json_build_array(s.kind, s.serial, x.number, x.code, x.amount, event_time(x.issued_at),
                exists (select 1 from receipt n where n.replaces = x.id)) order by x.id)
            from receipt x join receipt_series s on s.id = x.series_id where x.payment_request_id = payment_request.id)
        """

    /// Reads ``column``.
    static func list(_ json: JSON?) -> [IssuedReceipt] {
        (json?.array ?? []).compactMap { row in
            guard let parts = row.array, parts.count == 7, let kind = parts[0].string.flatMap(ReceiptNumber.Kind.init),
                let serial = parts[1].string, let number = parts[2].integer, let code = parts[3].integer,
                let amount = parts[4].integer, let at = parts[5].string.flatMap({ Instant($0) })
            else { return nil }
            let name = ReceiptNumber(kind, serial: serial, number: Int32(clamping: number), code: code)
            return IssuedReceipt(
                kind: kind.rawValue,
                form: kind.form,
                serial: serial,
                number: number,
                amount: Money(amount),
                issuedAt: at,
                address: name.address,
                isReplaced: parts[6] == true
            )
        }
    }
}
