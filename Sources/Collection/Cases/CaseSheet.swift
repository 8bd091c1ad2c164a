public import Identity
public import Spreadsheets
import Statements
import Values
import Workflow

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The work list as a table that people fill in: what is to be done about each case, and why.
public enum CaseSheet {
    /// A row that somebody filled in, as it was typed.
    public struct Row: Sendable, Hashable {
        /// In the file, from 1.
        public let number: Int
        public let caseID: String
        public let action: String
        public let reference: String
        public let amount: String
        public let note: String
    }

    private static let columns: [Sheet.Column] = [
        .init("case_id", "Vụ việc", "Case", .ordinal), .init("kind", "Loại", "Kind", .text),
        .init("state", "Trạng thái", "State", .text), .init("amount", "Số tiền (₫)", "Amount (₫)", .money),
        .init("suspense", "Đang chờ xử lý (₫)", "In suspense (₫)", .money),
        .init("account_number", "Tài khoản", "Account", .text), .init("agency_code", "Cơ quan", "Agency", .text),
        .init("dossier_code", "Hồ sơ", "Dossier", .text),
        .init("own_reference", "Mã thanh toán", "Own reference", .text),
        .init("payer_name", "Người nộp", "Payer", .text), .init("memo", "Nội dung chuyển khoản", "Memo", .text),
        .init("opened_on", "Mở ngày", "Opened", .day), .init("due_on", "Hạn", "Due", .day),
        .init("assignee", "Người xử lý", "Assignee", .text), .init("sentence", "Vì sao", "Why", .text),
        filled[0], filled[1], filled[2], filled[3],
    ]

    /// The columns that are filled in.
    private static let filled: [Sheet.Column] = [
        .init("action", "Cách xử lý", "Action", .text), .init("reference", "Gắn vào mã", "Reference", .text),
        .init("action_amount", "Số tiền xử lý", "Amount to move", .text), .init("note", "Ghi chú", "Note", .text),
    ]

    /// What may be decided in a table; the rest takes more than a row has room for.
    static let actions: [CaseAction] = [.link, .accept, .refund, .writeOff, .askBank, .dismiss]

    /// The table of some cases, with empty columns to fill in.
    ///
    /// - Parameter sight: how much whoever takes it sees of payers.
    public static func sheet(of cases: [Case], seenWith sight: PersonalSight) -> Sheet {
        Sheet(
            name: "Vụ việc",
            title: Phrase(vi: "Vụ việc cần xử lý", en: "Cases to decide"),
            subtitles: [
                Phrase(
                    vi: "Điền bốn cột cuối rồi tải lên lại. Cách xử lý: \(words(.vietnamese)).",
                    en: "Fill in the last four columns and upload it again. Actions: \(words(.english))."
                )
            ],
            columns: columns,
            rows: cases.map { cells($0, sight) }
        )
    }

    private static func words(_ language: Language) -> String {
        actions.map { $0.words[language] }.joined(separator: "; ")
    }

    private static func cells(_ one: Case, _ sight: PersonalSight) -> [Sheet.Cell] {
        func text(_ text: String?) -> Sheet.Cell { text.map { .text($0) } ?? .empty }
        func personal(_ value: String?, _ field: PersonalField) -> Sheet.Cell {
            text(value.map { sight.shown($0, field) })
        }
        let (subject, payer) = (one.subject, one.subject.payerName ?? one.subject.counterpartyName)
        return [
            .ordinal(one.id), .words(Vocabulary.caseKind[one.kind.rawValue]),
            .words(Vocabulary.caseState[one.state.rawValue]), .money(one.amount), .money(one.suspenseLeft),
            text(one.accountNumber), text(one.agencyCode), text(subject.dossierCode), text(subject.reference),
            personal(payer, .name), personal(subject.memo, .memo), .day(one.openedAt.day), .day(one.dueOn),
            text(one.assignee), one.reason.map { .words($0.phrase) } ?? .empty, .empty, .empty, .empty, .empty,
        ]
    }

    /// The largest file that is read.
    public static let maximumBytes = PlainTable.maximumBytes

    /// The rows of a file that are filled in: those with an action.
    ///
    /// - Throws: `invalid-body` for a file that is no table, or another one than ``sheet(of:)``.
    public static func rows(ofFile path: String) throws -> [Row] {
        let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
        do { return try rows(try PlainTable(bytes)) } catch let fault as PlainTable.Unreadable {
            let place = fault.row > 0 ? Phrase(vi: "dòng \(fault.row): ", en: "row \(fault.row): ") : Phrase(same: "")
            throw ServiceError(
                .invalidBody,
                at: "file",
                Phrase(
                    vi: place[.vietnamese] + fault.reason[.vietnamese],
                    en: place[.english] + fault.reason[.english]
                )
            )
        }
    }

    /// The rows of a table that are filled in: those with an action.
    ///
    /// - Throws: `invalid-body` for a table without the columns of ``sheet(of:)``.
    static func rows(_ table: PlainTable) throws -> [Row] {
        let wanted = [columns[0]] + filled
        for (index, head) in table.rows.enumerated() {
            let places = wanted.map { column in head.cells.firstIndex { isTitle($0, of: column) } }
            guard let id = places[0], let action = places[1] else { continue }
            func text(_ row: PlainTable.Row, _ place: Int?) -> String { place.map { row[$0] } ?? "" }
            return table.rows[(index + 1)...].filter { !$0[action].isEmpty }.map { row in
                Row(
                    number: row.number,
                    caseID: row[id],
                    action: row[action],
                    reference: text(row, places[2]),
                    amount: text(row, places[3]),
                    note: text(row, places[4])
                )
            }
        }
        throw ServiceError(
            .invalidBody,
            at: "file",
            Phrase(
                vi: "bảng không có cột “Vụ việc” và “Cách xử lý”: hãy điền vào bảng đã tải về",
                en: "the table has no columns “Case” and “Action”: fill in the one that was downloaded"
            )
        )
    }

    /// A title stands in both languages, in one, or as the key that programs use.
    private static func isTitle(_ cell: String, of column: Sheet.Column) -> Bool {
        let lines = Set(cell.split(whereSeparator: \.isNewline).map { $0.trimming() } + [cell.trimming()])
        return !lines.isDisjoint(with: [column.title[.vietnamese], column.title[.english], column.key])
    }
}
