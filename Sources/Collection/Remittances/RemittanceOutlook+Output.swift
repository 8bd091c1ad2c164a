import Casework
import FeeSchedule
public import Spreadsheets
public import Values

extension RemittanceOutlook {
    public var json: JSON {
        [
            "generated_at": .text(generatedAt), "budget_years": .array(years.map { .integer($0) }),
            "due": .money(due), "overdue": .money(overdue),
            "items": .array(
                items.map { item in
                    [
                        "agency_code": .string(item.key.agencyCode),
                        "account_number": .string(item.key.accountNumber),
                        "treasury_account": .string(item.key.treasuryAccount.rawValue),
                        "budget_year": .integer(item.key.budgetYear), "chapter": .string(item.code.chapter),
                        "budget_code": .string(item.code.budgetCode), "name": .string(item.name),
                        "collected": .money(item.collected), "retained": .money(item.retained),
                        "ordered": .money(item.ordered), "due": .money(item.due),
                        "overdue": .money(item.overdue(at: generatedAt)),
                        "parts": .array(
                            item.parts.map { part in
                                ["deadline": .text(part.deadline), "amount": .money(part.amount)]
                            }
                        ),
                    ]
                }
            ),
        ]
    }

    /// The report: what was collected, retained, ordered and is due, by agency, chapter and sub-item.
    public var sheet: Sheet {
        func sum(_ amount: (RemittanceItem) -> Money) -> Sheet.Cell { .money(items.map(amount).total()) }
        let now = generatedAt
        return Sheet(
            name: "Nộp ngân sách",
            title: Phrase(vi: "Phải nộp ngân sách nhà nước", en: "To be remitted to the State Treasury"),
            subtitles: [
                Phrase(
                    vi: "Năm ngân sách " + years.map(String.init).joined(separator: ", "),
                    en: "Budget year " + years.map(String.init).joined(separator: ", ")
                ), .asOf(generatedAt),
            ],
            columns: [
                .init("agency_code", "Mã cơ quan", "Agency", .text),
                .init("agency_name", "Cơ quan", "Name of the agency", .text, isBrief: false),
                .init("account_number", "Tài khoản", "Account", .text, isBrief: false),
                .init("treasury_account", "TK kho bạc", "Treasury account", .text),
                .init("budget_year", "Năm", "Year", .text, isBrief: false),
                .init("chapter", "Chương", "Chapter", .text), .init("budget_code", "Tiểu mục", "Budget code", .text),
                .init("name", "Khoản thu", "Name", .text, isBrief: false),
                .init("collected", "Đã thu (₫)", "Collected (₫)", .money),
                .init("retained", "Để lại (₫)", "Retained (₫)", .money),
                .init("ordered", "Đã lập lệnh (₫)", "Ordered (₫)", .money),
                .init("due", "Còn phải nộp (₫)", "Due (₫)", .money),
                .init("overdue", "Quá hạn (₫)", "Overdue (₫)", .money),
                .init("next_deadline", "Hạn sớm nhất", "First deadline", .text),
            ],
            rows: items.map { item in
                [
                    .text(item.key.agencyCode), .words(name(of: item.key.agencyCode)),
                    .text(item.key.accountNumber), .text(item.key.treasuryAccount.rawValue),
                    .text(String(item.key.budgetYear)), .text(item.code.chapter), .text(item.code.budgetCode),
                    .text(item.name), .money(item.collected), .money(item.retained), .money(item.ordered),
                    .money(item.due), .money(item.overdue(at: now)),
                    item.parts.first.map { .text($0.deadline.asDeadline) } ?? .empty,
                ]
            },
            total: [
                .words(Phrase(vi: "Cộng", en: "Total")), .empty, .empty, .empty, .empty, .empty, .empty, .empty,
                sum(\.collected), sum(\.retained), sum(\.ordered), sum(\.due), sum { $0.overdue(at: now) }, .empty,
            ],
            footers: [
                Phrase(
                    vi:
                        "Lệ phí nộp toàn bộ; phí nộp phần còn lại sau khi trừ tỷ lệ để lại, hoặc nộp toàn bộ vào tài khoản phí chờ nộp ngân sách (Luật Phí và lệ phí 97/2015/QH13; Nghị định 118/2025/NĐ-CP, Điều 24).",
                    en:
                        "A charge goes to the budget whole, a fee less the agency's retained share, or whole to the account of fees that wait."
                )
            ]
        )
    }
}

extension Instant {
    /// A deadline for people: its last day, or day and hour where it ends within one.
    public var asDeadline: String {
        self == day.start ? day.previous.formatted : formatted
    }
}
