import Spreadsheets
import Values
import Workflow

/// The sheets of a bundle's workbook, filled as the rows come. A sheet ends after so many rows, and says so: the SQLite file
/// has them all.
struct InspectionSheets {
    static let mostRows = 10_000

    /// Which column of a table goes into which of a sheet.
    private struct Plan {
        let table: String
        let name: String
        let title: Phrase
        let columns: [(place: Int, column: Sheet.Column)]
    }

    private var rows: [String: [[Sheet.Cell]]] = [:]
    private var left: [String: Int] = [:]

    mutating func add(_ table: String, _ fields: [String?]) {
        guard let plan = InspectionSheets.plans.first(where: { $0.table == table }) else { return }
        guard rows[table, default: []].count < InspectionSheets.mostRows else {
            left[table, default: 0] += 1
            return
        }
        rows[table, default: []].append(
            plan.columns.map { place, column in
                guard place < fields.count, let text = fields[place] else { return .empty }
                return InspectionSheets.cell(text, column)
            }
        )
    }

    private static func cell(_ text: String, _ column: Sheet.Column) -> Sheet.Cell {
        switch column.format {
        case .money: return Int64(text).map { .money(Money($0)) } ?? .text(text)
        case .count: return Int64(text).map { .count($0) } ?? .text(text)
        case .day: return Day(text).map { .day($0) } ?? .text(text)
        case .ordinal: return Int64(text).map { .ordinal($0) } ?? .text(text)
        case .text, .rate, .score: break
        }
        switch column.key {
        case "action": return .words(Vocabulary.auditAction[text])
        case "kind": return .words(Vocabulary.caseKind[text])
        case "outcome": return .words(Vocabulary.outcome[text])
        case "refund_state": return .words(Vocabulary.refundState[text])
        case _ where column.key.hasSuffix("_at"): return .text(local(text))
        default: return .text(text)
        }
    }

    /// A time as PostgreSQL writes it in UTC, as people in Vietnam read it.
    private static func local(_ text: String) -> String {
        Instant(text.replacing(" ", with: "T") + ":00")?.formatted ?? text
    }

    func sheets(of days: ClosedRange<Day>) -> [Sheet] {
        let (from, to) = (days.lowerBound.formatted, days.upperBound.formatted)
        return InspectionSheets.plans.map { plan in
            let more = left[plan.table] ?? 0
            return Sheet(
                name: plan.name,
                title: plan.title,
                subtitles: [Phrase(vi: "Từ \(from) đến \(to)", en: "From \(from) to \(to)")],
                columns: plan.columns.map(\.column),
                rows: rows[plan.table] ?? [],
                footers: more == 0
                    ? []
                    : [
                        Phrase(
                            vi: "Còn \(more) dòng trong inspection.sqlite",
                            en: "\(more) more rows are in inspection.sqlite"
                        )
                    ]
            )
        }
    }

    private static let plans: [Plan] = [
        Plan(
            table: "audit_entry",
            name: "Nhật ký",
            title: Phrase(vi: "Nhật ký kiểm toán", en: "Audit"),
            columns: [
                (0, .init("id", "Số", "Id", .ordinal)), (1, .init("happened_at", "Thời điểm", "Time", .text)),
                (3, .init("actor_name", "Người thực hiện", "Who", .text)),
                (4, .init("address", "Địa chỉ", "Address", .text)),
                (5, .init("request_id", "Mã lượt gọi", "Request", .text)),
                (6, .init("action", "Việc", "Action", .text)), (7, .init("subject", "Đối tượng", "Subject", .text)),
                (8, .init("detail", "Chi tiết", "Detail", .text)),
            ]
        ),
        Plan(
            table: "ledger_transfer",
            name: "Bút toán",
            title: Phrase(vi: "Bút toán", en: "Postings"),
            columns: [
                (0, .init("id", "Số", "Id", .ordinal)), (10, .init("recorded_at", "Ghi lúc", "Recorded", .text)),
                (9, .init("booked_on", "Ngày hạch toán", "Booked on", .day)),
                (1, .init("debit_account", "Tài khoản nợ", "Debit", .count)),
                (2, .init("credit_account", "Tài khoản có", "Credit", .count)),
                (3, .init("amount", "Số tiền", "Amount", .money)),
                (4, .init("posting", "Loại", "Kind", .text)),
                (5, .init("payment_request_id", "Yêu cầu", "Request", .text)),
            ]
        ),
        Plan(
            table: "bank_notice",
            name: "Thông báo",
            title: Phrase(vi: "Thông báo của ngân hàng", en: "Bank notices"),
            columns: [
                (0, .init("id", "Số", "Id", .ordinal)), (18, .init("received_at", "Nhận lúc", "Received", .text)),
                (9, .init("account_number", "Tài khoản thu", "Account", .text)),
                (8, .init("amount", "Số tiền", "Amount", .money)),
                (4, .init("provider_transaction_id", "Mã giao dịch", "Transaction", .text)),
                (6, .init("outcome", "Kết quả", "Outcome", .text)),
                (11, .init("payment_request_id", "Yêu cầu", "Request", .text)),
            ]
        ),
        Plan(
            table: "statement_line",
            name: "Dòng sao kê",
            title: Phrase(vi: "Dòng sao kê", en: "Statement lines"),
            columns: [
                (0, .init("id", "Số", "Id", .ordinal)), (1, .init("statement_id", "Sao kê", "Statement", .ordinal)),
                (3, .init("account_number", "Tài khoản thu", "Account", .text)),
                (6, .init("booked_on", "Ngày hạch toán", "Booked on", .day)),
                (8, .init("amount", "Số tiền", "Amount", .money)),
                (4, .init("transaction_id", "Mã giao dịch", "Transaction", .text)),
            ]
        ),
        Plan(
            table: "state_case",
            name: "Vụ việc",
            title: Phrase(vi: "Vụ việc", en: "Cases"),
            columns: [
                (0, .init("id", "Số", "Id", .ordinal)), (1, .init("kind", "Loại", "Kind", .text)),
                (8, .init("amount", "Số tiền", "Amount", .money)),
                (9, .init("opened_at", "Mở lúc", "Opened", .text)), (10, .init("ended_at", "Xong lúc", "Ended", .text)),
                (11, .init("ended_by", "Người kết thúc", "Ended by", .text)),
                (12, .init("decision", "Cách xử lý", "Action", .text)), (13, .init("note", "Ghi chú", "Note", .text)),
            ]
        ),
        Plan(
            table: "state_refund",
            name: "Hoàn tiền",
            title: Phrase(vi: "Khoản hoàn", en: "Refunds"),
            columns: [
                (1, .init("end_to_end_id", "Mã khoản hoàn", "Mark", .text)),
                (5, .init("amount", "Số tiền", "Amount", .money)),
                (6, .init("reason", "Lý do", "Reason", .text)),
                (9, .init("beneficiary_account", "Tài khoản nhận", "Beneficiary", .text)),
                (11, .init("refund_state", "Trạng thái", "State", .text)),
                (13, .init("requested_by_name", "Người đề nghị", "Requested by", .text)),
                (16, .init("approved_by_name", "Người duyệt", "Approved by", .text)),
                (22, .init("executed_by_name", "Người thực hiện", "Executed by", .text)),
            ]
        ),
        Plan(
            table: "state_sign_off",
            name: "Biên bản",
            title: Phrase(vi: "Biên bản đối soát đã ký", en: "Signed reconciliation records"),
            columns: [
                (1, .init("account_number", "Tài khoản", "Account", .text)), (2, .init("day", "Ngày", "Day", .day)),
                (4, .init("signed_by_name", "Người ký", "Signed by", .text)),
                (5, .init("signed_at", "Ký lúc", "Signed", .text)),
                (6, .init("open_items", "Mục còn mở", "Open items", .count)),
                (7, .init("note", "Ghi chú", "Note", .text)),
            ]
        ),
        Plan(
            table: "seal",
            name: "Niêm phong",
            title: Phrase(vi: "Niêm phong", en: "Seals"),
            columns: [
                (0, .init("number", "Số", "Number", .count)), (1, .init("size", "Số mục", "Entries", .count)),
                (2, .init("root", "Gốc của cây", "Root", .text)),
                (4, .init("key_fingerprint", "Khóa", "Key", .text)),
            ]
        ),
    ]
}
