import Postgres
public import Spreadsheets
public import Values

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// The table of a day's receipts for the tax office: form 01/TH-BLĐT (Decree 254/2026/NĐ-CP, article 29.3.b), sent on the
/// same day.
public struct ReceiptSummary: Sendable {
    public struct Row: Sendable {
        public let number: ReceiptNumber
        /// Of which payment it is.
        public let requestID: UUID
        public let agencyCode: String
        public let issuedAt: Instant
        /// Of the item.
        public let name: String
        public let amount: Money
        public let replaces: ReceiptNumber?
        /// Why it replaces another, or what a notice tells of it.
        public let explanation: String?
        /// Whether it is here for a notice that was made on the day, of a receipt of any day.
        public let isExplained: Bool
    }

    public let day: Day
    public let agency: String?
    /// Who collects, by name and tax code, as it is set for receipts; `nil` for all agencies, or where it is not set.
    public let collector: (name: String, taxCode: String?)?
    public let rows: [Row]
}

extension Receipts {
    /// The receipts of a day in Vietnam, and those of which a notice was made on it.
    ///
    /// - Parameters:
    ///   - agency: whose; all that the caller sees if it is `nil`.
    ///   - agencies: the agencies that the caller sees; `nil` for all.
    public func summary(_ day: Day, agency: String? = nil, within agencies: [String]? = nil) async throws
        -> ReceiptSummary
    {
        let scope = "($2::text is null or s.agency_code = $2) and ($3::text[] is null or s.agency_code = any($3))"
        let found = try await database.read { tx in
            try tx.script("set local statement_timeout = 0")
            let issued = try tx.query(
                Query(
                    trustedSQL: Receipt.select + """
                         where r.issued_at >= $1::date::timestamp at time zone 'Asia/Ho_Chi_Minh'
                            and r.issued_at < ($1::date + 1)::timestamp at time zone 'Asia/Ho_Chi_Minh' and \(scope)
                        order by s.agency_code, s.kind, s.serial, r.number
                        """,
                    binding: [day, agency, agencies]
                )
            ).map(Receipt.init)
            let told = try tx.query(
                Query(
                    trustedSQL: Receipt.select + """
                         where r.id in (
                            select receipt_id from receipt_notice x
                            where x.made_at >= $1::date::timestamp at time zone 'Asia/Ho_Chi_Minh'
                                and x.made_at < ($1::date + 1)::timestamp at time zone 'Asia/Ho_Chi_Minh') and \(scope)
                        order by s.agency_code, s.kind, s.serial, r.number
                        """,
                    binding: [day, agency, agencies]
                )
            ).map(Receipt.init)
            let collector = try tx.query(
                """
                select name, tax_code from receipt_collector
                where agency_code = \(agency)::text and exists (
                    select 1 where \(agencies)::text[] is null or agency_code = any(\(agencies)::text[]))
                order by id desc limit 1
                """
            ).first.map { (name: try $0.get(0, as: String.self), taxCode: try $0.get(1, as: String?.self)) }
            return (issued, told, collector)
        }
        return ReceiptSummary(
            day: day,
            agency: agency,
            collector: found.2,
            rows: found.0.flatMap { ReceiptSummary.rows($0, isExplained: false) }
                + found.1.flatMap { ReceiptSummary.rows($0, isExplained: true) }
        )
    }
}

extension ReceiptSummary {
    /// One row an item; what an item takes off is one, too.
    fileprivate static func rows(_ receipt: Receipt, isExplained: Bool) -> [Row] {
        let told = receipt.notices.map { "\($0.error.phrase[.vietnamese]): \($0.note)" }.joined(separator: "; ")
        return receipt.items.map { item in
            Row(
                number: receipt.number,
                requestID: receipt.requestID,
                agencyCode: receipt.agencyCode,
                issuedAt: receipt.issuedAt,
                name: item.name,
                amount: item.amount,
                replaces: receipt.replaces,
                explanation: isExplained ? told : receipt.reason,
                isExplained: isExplained
            )
        }
    }

    /// As the form prints it; the words of the state follow form 01/TH-HĐĐT, for the circular does not print its own.
    public var sheet: Sheet {
        Sheet(
            name: "01-TH-BLĐT",
            title: Phrase(
                vi: "BẢNG TỔNG HỢP BIÊN LAI ĐIỆN TỬ (01/TH-BLĐT)",
                en: "SUMMARY OF ELECTRONIC RECEIPTS (01/TH-BLĐT)"
            ),
            subtitles: [
                Phrase(vi: "[01] Kỳ dữ liệu: ngày \(day.formatted)", en: "[01] Period: the day \(day.formatted)"),
                // A table that is sent again is numbered by whoever sends it.
                Phrase(
                    vi: "[02] Lần đầu: [X]   [03] Sửa đổi, bổ sung lần thứ: [  ]",
                    en: "[02] First time: [X]   [03] Corrected, time: [  ]"
                ),
                Phrase(
                    vi: "[04] Tên tổ chức thu: \(collectorName[.vietnamese])",
                    en: "[04] Collector: \(collectorName[.english])"
                ),
                Phrase(
                    vi: "[05] Mã số thuế: \(collector?.taxCode ?? "")",
                    en: "[05] Tax code: \(collector?.taxCode ?? "")"
                ),
                Phrase(vi: "Đồng tiền: VND", en: "Currency: VND"),
            ],
            columns: [
                .init("row", "STT", "No.", .ordinal), .init("form", "Ký hiệu mẫu số biên lai", "Form sign", .text),
                .init("serial", "Ký hiệu biên lai", "Serial", .text),
                .init("number", "Số biên lai", "Number", .ordinal),
                .init("issued_on", "Ngày tháng năm lập biên lai", "Issued on", .day),
                .init("name", "Tên loại thuế, phí, lệ phí", "Fee", .text),
                .init("amount", "Số tiền", "Amount", .money), .init("rate", "Tỷ giá", "Rate", .text, isBrief: false),
                .init("state", "Trạng thái", "State", .text),
                .init("period_corrected", "Kỳ điều chỉnh dữ liệu", "Period corrected", .text, isBrief: false),
                .init("related", "Thông tin biên lai liên quan", "Related receipt", .text),
                .init("explanation", "Giải trình", "Explanation", .text, isBrief: false),
                .init("note", "Ghi chú", "Note", .text, isBrief: false),
            ],
            rows: rows.enumerated().map { place, row in
                [
                    .ordinal(Int64(place + 1)), .text(row.number.kind.form), .text(row.number.serial),
                    .ordinal(Int64(row.number.number)), .day(row.issuedAt.day),
                    .text(row.name), .money(row.amount), .empty, .term(row.state), .empty,
                    row.related.map { .text($0.text) } ?? .empty, row.explanation.map { .text($0) } ?? .empty,
                    // The form is of one collector: in a table of several, each row says whose it is.
                    agency == nil ? .text(row.agencyCode) : .empty,
                ]
            }
        )
    }

    private var collectorName: Phrase {
        (collector?.name ?? agency).map { Phrase(same: $0) }
            ?? Phrase(vi: "mọi cơ quan thu (mã ở cột Ghi chú)", en: "all collectors (their codes stand in Note)")
    }

    public var json: JSON {
        [
            "day": .text(day), "agency_code": .optional(agency),
            "rows": .array(
                rows.map { row in
                    [
                        "agency_code": .string(row.agencyCode), "form": .string(row.number.kind.form),
                        "serial": .string(row.number.serial), "number": .integer(Int(row.number.number)),
                        "issued_on": .text(row.issuedAt.day), "name": .string(row.name), "amount": .money(row.amount),
                        "state": .string(row.state[.vietnamese]), "related": .optional(row.related?.text),
                        "explanation": .optional(row.explanation),
                    ]
                }
            ),
        ]
    }
}

extension ReceiptSummary.Row {
    /// The state, in Vietnamese in the form's own words.
    var state: Phrase {
        if isExplained { return Phrase(vi: "Giải trình", en: "Explained") }
        return replaces == nil ? Phrase(vi: "Mới", en: "New") : Phrase(vi: "Thay thế", en: "Replacement")
    }

    /// The receipt that it replaces, or that a notice is about: itself.
    var related: ReceiptNumber? { isExplained ? number : replaces }
}
