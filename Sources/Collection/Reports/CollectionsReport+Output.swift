public import Spreadsheets
public import Values
import Workflow

extension CollectionsReport {
    private var totals: (requests: Int64, collected: Money, retained: Money, due: Money) {
        lines.reduce((0, Money.zero, Money.zero, Money.zero)) {
            ($0.0 + $1.requests, $0.1 + $1.collected, $0.2 + $1.retained, $0.3 + $1.dueToBudget)
        }
    }

    public var json: JSON {
        let byCode = Dictionary(grouping: lines, by: \.budgetCode).sorted { $0.key < $1.key }
        return [
            "period": period.json, "locality": .optional(locality), "generated_at": .text(generatedAt),
            "rows": .array(
                lines.map {
                    [
                        "agency_code": .string($0.agencyCode), "agency_name": .string(agency($0)[.vietnamese]),
                        "fee_code": .string($0.feeCode),
                        "name_vi": .string($0.nameVi), "kind": .string($0.kind), "budget_code": .string($0.budgetCode),
                        "lines": .integer($0.requests), "quantity": .integer($0.quantity),
                        "collected": .money($0.collected), "retained_percent": Rate($0.retainedRate, of: 10_000).json,
                        "retained": .money($0.retained), "due_to_budget": .money($0.dueToBudget),
                    ]
                }
            ),
            "budget_codes": .array(
                byCode.map { code, own in
                    [
                        "budget_code": .string(code), "collected": .money(own.map(\.collected).total()),
                        "retained": .money(own.map(\.retained).total()),
                        "due_to_budget": .money(own.map(\.dueToBudget).total()),
                    ]
                }
            ),
            "remittances": .array(
                remittances.map {
                    [
                        "agency_code": .string($0.agencyCode), "from": .text($0.from), "to": .text($0.to),
                        "remit_by": .text($0.remitBy), "due_to_budget": .money($0.due),
                    ]
                }
            ),
            "remit_by": .text(remitBy),
            "total": [
                "lines": .integer(totals.requests), "collected": .money(totals.collected),
                "retained": .money(totals.retained), "due_to_budget": .money(totals.due),
            ],
        ]
    }

    private func agency(_ line: Line) -> Phrase { agencyNames[line.agencyCode] ?? Phrase(same: line.agencyCode) }

    public var sheet: Sheet {
        var sheet = Sheet(
            name: "Thu phí, lệ phí",
            title: Phrase(
                vi: "Phí, lệ phí đã thu và phải nộp ngân sách",
                en: "Collections and what is owed to the budget"
            ),
            subtitles: period.subtitles + [
                .area(area), .asOf(generatedAt),
                Phrase(vi: "Nộp chậm nhất \(remitBy.formatted)", en: "Remit by \(remitBy.formatted)"),
            ],
            columns: [
                .init("agency_code", "Mã cơ quan", "Agency", .text),
                .init("agency_name", "Cơ quan", "Name of the agency", .text, isBrief: false),
                .init("fee_code", "Mã khoản", "Fee", .text), .init("name_vi", "Khoản thu", "Name", .text),
                .init("kind", "Loại", "Kind", .text), .init("budget_code", "Tiểu mục", "Budget code", .text),
                .init("lines", "Lượt", "Lines", .count), .init("quantity", "Số lượng", "Quantity", .count),
                .init("collected", "Đã thu (₫)", "Collected (₫)", .money),
                .init("retained_percent", "Tỷ lệ để lại", "Retained", .rate),
                .init("retained", "Để lại (₫)", "Retained (₫)", .money),
                .init("due_to_budget", "Nộp ngân sách (₫)", "To the budget (₫)", .money),
            ],
            rows: lines.map {
                [
                    .text($0.agencyCode), .words(agency($0)), .text($0.feeCode), .text($0.nameVi),
                    .words(Vocabulary.feeKind[$0.kind]), .text($0.budgetCode), .count($0.requests),
                    .count($0.quantity), .money($0.collected), .rate($0.retainedRate), .money($0.retained),
                    .money($0.dueToBudget),
                ]
            },
            total: CollectionsReport.sum(lines[...], [.words(.total), .empty]),
            footers: [
                Phrase(
                    vi:
                        "Lệ phí nộp toàn bộ; phí nộp phần còn lại sau khi trừ tỷ lệ để lại (Luật Phí và lệ phí 97/2015/QH13; Nghị định 120/2016/NĐ-CP).",
                    en: "A charge goes to the budget whole, a fee less the agency's retained share."
                )
            ],
            chart: .init(title: Phrase(vi: "Nộp ngân sách (₫)", en: "To the budget (₫)"), categories: 3, values: 11)
        )
        sheet.subtotals = subtotals
        (sheet.issuer, sheet.signers) = (area.issuer, .ofForms)
        return sheet
    }

    /// What each agency remits for each week.
    public var remittanceSheet: Sheet {
        Sheet(
            name: "Nộp theo tuần",
            title: Phrase(vi: "Nộp ngân sách theo tuần", en: "Remittances by week"),
            subtitles: period.subtitles,
            columns: [
                .init("agency_code", "Mã cơ quan", "Agency", .text), .init("from", "Từ ngày", "From", .day),
                .init("to", "Đến ngày", "To", .day), .init("remit_by", "Nộp chậm nhất", "Remit by", .day),
                .init("due_to_budget", "Nộp ngân sách (₫)", "To the budget (₫)", .money),
            ],
            rows: remittances.map {
                [.text($0.agencyCode), .day($0.from), .day($0.to), .day($0.remitBy), .money($0.due)]
            },
            total: [.words(.total), .empty, .empty, .empty, .money(remittances.map(\.due).total())]
        )
    }

    /// The sum of each agency that has several lines, below its last.
    private var subtotals: [Int: [Sheet.Cell]] {
        var sums: [Int: [Sheet.Cell]] = [:]
        var first = 0
        for (place, line) in lines.enumerated() {
            guard place == lines.count - 1 || lines[place + 1].agencyCode != line.agencyCode else { continue }
            if place > first {
                // A form has the name alone, other tables the code, some both.
                let words = Phrase(vi: "Cộng \(line.agencyCode)", en: "Sum of \(line.agencyCode)")
                let name = agency(line)
                let named = Phrase(vi: "Cộng \(name.vietnamese)", en: "Sum of \(name.english)")
                sums[place] = CollectionsReport.sum(lines[first...place], [.words(words), .words(named)])
            }
            first = place + 1
        }
        return sums
    }

    private static func sum(_ lines: ArraySlice<Line>, _ names: [Sheet.Cell]) -> [Sheet.Cell] {
        names + [.empty, .empty, .empty, .empty, .count(lines.reduce(0) { $0 + $1.requests }), .empty] + [
            .money(lines.map(\.collected).total()), .empty, .money(lines.map(\.retained).total()),
            .money(lines.map(\.dueToBudget).total()),
        ]
    }
}
