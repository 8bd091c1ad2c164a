import FeeSchedule
public import Values

extension NonCashReport {
    /// The body of the API, and what `khop report non-cash --json` prints.
    public var json: JSON {
        [
            "period": [
                "from": .text(question.period.from), "to": .text(question.period.to),
                "label": .string(question.period.label),
                "basis": .optional(question.period.basis?.rawValue),
            ],
            "level": .string(question.level.rawValue), "locality": .optional(question.locality),
            "as_of": .string(question.asOf.rawValue), "generated_at": .text(generatedAt),
            "rows": .array(lines.map(\.json)), "total": total.json,
        ]
    }

    /// The columns of the CSV and of the table.
    private static let columns = [
        "locality_code", "locality_valid_from", "name_vi", "name_en", "paid_requests", "non_cash_requests",
        "online_requests", "cash_requests", "non_cash_rate", "online_rate", "amount_total", "amount_non_cash",
        "amount_rate", "discount_total", "target", "previous_non_cash_rate",
    ]

    /// CSV that opens right in Excel: a byte order mark, CRLF, one row a locality and the total.
    public var csv: String {
        let rows = (lines + [total]).map { line -> [String] in
            NonCashReport.columns.map { column in
                switch line.json[column] {
                case .string(let text): text
                case .number(let text): text
                default: ""
                }
            }
        }
        return "\u{FEFF}" + ([NonCashReport.columns] + rows).map { CSV.line($0) + "\r\n" }.joined()
    }

    /// The table for a terminal, with a bar a row.
    public var table: String {
        let header = [
            "Địa phương", "Đã thanh toán", "Không tiền mặt", "Tỷ lệ", "", "Trực tuyến", "Số tiền (₫)", "Mục tiêu",
            "Kỳ trước",
        ]
        let rows = (lines + [total]).map { line -> [String] in
            let figures = line.figures
            let rate = Rate(figures.nonCash, of: figures.paid)
            return [
                line.unit.map { "\($0.nameVi) (\($0.code))" } ?? "Tổng cộng / Total", String(figures.paid),
                String(figures.nonCash), rate.text.map { $0 + "%" } ?? "–", NonCashReport.bar(rate),
                Rate(figures.online, of: figures.paid).text.map { $0 + "%" } ?? "–", figures.amount.grouped,
                line.target.map { Rate($0, of: 10_000).text! + "%" } ?? "–", line.previous.text.map { $0 + "%" } ?? "–",
            ]
        }
        let title =
            "Tỷ lệ thanh toán không dùng tiền mặt / Non-cash payment rate\n"
            + "\(question.period.label): \(question.period.from.formatted) – \(question.period.to.formatted)"
            + (question.period.basis.map { " (\($0.rawValue))" } ?? "")
            + ", \(question.level.rawValue), as of \(question.asOf.rawValue)\n"
        return title + TextTable.render([header] + rows, leftAligned: [0, 4], ruleBeforeLast: true)
    }

    private static func bar(_ rate: Rate) -> String {
        let filled = Int((rate.hundredths ?? 0) / 500)
        return String(repeating: "█", count: filled) + String(repeating: "░", count: 20 - filled)
    }
}

extension NonCashReport.Line {
    var json: JSON {
        [
            "locality_code": .optional(unit?.code), "locality_valid_from": .optional(unit?.validity.from.description),
            "name_vi": .string(unit?.nameVi ?? "Tổng cộng"), "name_en": .string(unit?.nameEn ?? "Total"),
            "paid_requests": .integer(figures.paid), "non_cash_requests": .integer(figures.nonCash),
            "online_requests": .integer(figures.online), "cash_requests": .integer(figures.cash),
            "non_cash_rate": Rate(figures.nonCash, of: figures.paid).json,
            "online_rate": Rate(figures.online, of: figures.paid).json, "amount_total": .money(figures.amount),
            "amount_non_cash": .money(figures.nonCashAmount),
            "amount_rate": Rate(figures.nonCashAmount.dong, of: figures.amount.dong).json,
            "discount_total": .money(figures.discount),
            "target": target.map { Rate($0, of: 10_000).json } ?? .null, "previous_non_cash_rate": previous.json,
        ]
    }
}
