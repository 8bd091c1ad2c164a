import Statements
import TestSupport
import Values

/// A statement drawn at random and printed in a layout, from nothing but the JSON of its mapping.
struct PrintedLayout {
    /// What must be read of it.
    struct Line: Equatable {
        var time: String
        var amount: Money
        var balance: Money?
    }

    let mapping: StatementMapping
    var rows: [[String]] = []
    /// Rows from the top to the header, which is the last of them.
    var headerRows = 0
    var lines: [Line] = []
    var opening: Money
    var closing: Money
    let account = "0801000567890"

    private let columns: [(name: String, heading: String)]
    private let otherAccount = "0990000000001"
    private let pattern: String
    private let debitIsNegative: Bool
    private let isDotted: Bool

    init(_ mapping: StatementMapping, _ random: inout Seeded) {
        self.mapping = mapping
        let json = mapping.json
        columns = Self.columns(json, &random)
        pattern = (json["dates"]?.array ?? []).compactMap(\.string).randomElement(using: &random) ?? "dd/MM/yyyy"
        debitIsNegative =
            switch json["debits"]?.string {
            case "negative": true
            case "either": Bool.random(using: &random)
            default: false
            }
        isDotted = Bool.random(using: &random)
        opening = Money(Int64.random(in: 0...1_000_000_000, using: &random))
        closing = opening
        print(&random)
    }

    /// The options with which it is read as what it is.
    var options: StatementOptions {
        StatementOptions(account: account, bank: mapping.bank, mappings: StatementMapping.builtIn)
    }

    private func has(_ column: String) -> Bool { columns.contains { $0.name == column } }

    // MARK: Columns

    /// The columns in any order, under any of their headings, with others among them.
    private static func columns(_ json: JSON, _ random: inout Seeded) -> [(name: String, heading: String)] {
        let form = Int.random(in: 0..<3, using: &random)
        func pick(_ value: JSON) -> String? {
            let headings = value.array?.compactMap(\.string) ?? [value.string].compactMap { $0 }
            return headings.isEmpty ? nil : headings[min(form, headings.count - 1)]
        }
        var columns: [(name: String, heading: String)] = []
        for member in json["columns"]?.members ?? [] {
            guard let heading = pick(member.value) else { continue }
            // The id under the date has no column of its own.
            if let place = columns.firstIndex(where: { $0.heading == heading }) {
                columns[place].name += "+" + member.name
            } else {
                columns.append((member.name, heading))
            }
        }
        for item in json["header"]?.array ?? [] {
            let forms = item.array?.compactMap(\.string) ?? [item.string].compactMap { $0 }
            let folded = columns.map { fold($0.heading) }
            if !forms.contains(where: { folded.contains(fold($0)) }) {
                columns.append(("", forms[min(form, forms.count - 1)]))
            }
        }
        columns.append(("", "Cột khác"))
        return columns.shuffled(using: &random)
    }

    private static func fold(_ text: String) -> String { text.lowercased().filter { !$0.isWhitespace } }

    // MARK: Rows

    private mutating func print(_ random: inout Seeded) {
        let labels = mapping.json["labels"]
        if let label = labels?["account"]?.array?.last?.string, !has("account"), !has("from_account") {
            rows.append(["\(label): \(account)"])
        }
        if let label = labels?["opening"]?.array?.first?.string {
            rows += mapping.json["label_values"] == nil ? [[label, amount(opening)]] : [[label], [amount(opening)]]
        }
        rows.append(columns.map { Bool.random(using: &random) ? $0.heading : $0.heading.replacing(" ", with: "\n") })
        headerRows = rows.count
        var time = Instant("2026-01-05T00:00:00+07:00")!
        var lastDate = ""
        for number in 0..<Int.random(in: 1...12, using: &random) {
            time = time.adding(seconds: Int64.random(in: 1...90_000, using: &random))
            if has("account") || has("from_account"), Int.random(in: 0..<4, using: &random) == 0 {
                var aside = self
                rows.append(aside.row(number, time, of: otherAccount, "", &random).cells)
            }
            let row = row(number, time, of: account, lastDate, &random)
            rows.append(row.cells)
            lastDate = row.date
        }
        if let label = labels?["closing"]?.array?.first?.string {
            rows += mapping.json["label_values"] == nil ? [[label, amount(closing)]] : [[label], [amount(closing)]]
        }
    }

    /// Prints a line, and notes it as one that must be read.
    private mutating func row(
        _ number: Int,
        _ time: Instant,
        of account: String,
        _ lastDate: String,
        _ random: inout Seeded
    ) -> (cells: [String], date: String) {
        let isCredit = Bool.random(using: &random)
        let main = Int64.random(in: 1...50_000_000, using: &random)
        let fee = has("fee") && !isCredit ? Int64.random(in: 0...2_000, using: &random) : 0
        let tax = has("tax") && !isCredit ? Int64.random(in: 0...200, using: &random) : 0
        let total = Money(isCredit ? main : -main - fee - tax)
        closing += total
        let shown = moment(time)
        lines.append(Line(time: shown.read, amount: total, balance: has("balance") ? closing : nil))
        let isLeftOut = mapping.json["blank_dates"] != nil && shown.text == lastDate && Bool.random(using: &random)
        var values = [
            "booked_at": isLeftOut ? "" : shown.text, "value_date": shown.text, "transaction_id": "FT\(number)\(main)",
            "memo": "nộp lệ phí \(number)", "currency": "VND", "balance": amount(closing), "account": account,
            "time": String(time.description.dropFirst(11).prefix(8)),
            "debit": isCredit ? "" : signed(main), "credit": isCredit ? amount(Money(main)) : "",
            "fee": fee == 0 ? "" : signed(fee), "tax": tax == 0 ? "" : signed(tax),
            "from_account": isCredit ? "0021000123456" : account, "to_account": isCredit ? account : "0021000123456",
            "counterparty_name": "NGUYEN VAN AN", "counterparty_account": "0021000123456", "amount": amount(total),
        ]
        if has("sign") || has("from_account") { values["amount"] = amount(Money(main)) }
        values["sign"] = mapping.json["signs"]?[isCredit ? "credit" : "debit"]?.array?.first?.string
        let cells = columns.map { column in
            column.name.split(separator: "+").compactMap { values[String($0)] }.sorted { first, _ in first == shown.text
            }
            .joined(separator: "\n")
        }
        return (cells, shown.text)
    }

    // MARK: Cells

    private func amount(_ money: Money) -> String {
        let grouped = money.grouped
        return isDotted ? grouped : grouped.replacing(".", with: ",") + ".00"
    }

    private func signed(_ dong: Int64) -> String { amount(Money(debitIsNegative ? -dong : dong)) }

    /// A time as the layout writes it, and what is left of it.
    private func moment(_ time: Instant) -> (text: String, read: String) {
        let iso = time.description
        func part(_ from: Int, _ count: Int) -> String { String(iso.dropFirst(from).prefix(count)) }
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let text = pattern.replacing("yyyy", with: part(0, 4)).replacing("yy", with: part(2, 2))
            .replacing("MMM", with: months[Int(part(5, 2))! - 1]).replacing("MM", with: part(5, 2))
            .replacing("dd", with: part(8, 2)).replacing("HH", with: part(11, 2)).replacing("mm", with: part(14, 2))
            .replacing("ss", with: part(17, 2))
        if has("time") { return (text, part(0, 19)) }
        let kept = pattern.contains("ss") ? part(11, 8) : pattern.contains("mm") ? part(11, 5) + ":00" : "00:00:00"
        return (text, part(0, 10) + "T" + kept)
    }

    // MARK: Files

    func csv(_ delimiter: String = ",") -> String {
        rows.map { row in
            row.map { cell in
                ["\"", "\n", delimiter].contains { cell.contains($0) }
                    ? "\"" + cell.replacing("\"", with: "\"\"") + "\"" : cell
            }.joined(separator: delimiter) + "\r\n"
        }.joined()
    }

    func page() -> String {
        func escaped(_ text: String) -> String {
            text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing("\n", with: "<br/>")
        }
        let rows = rows.map { row in "<tr>" + row.map { "<td>\(escaped($0))</td>" }.joined() + "</tr>\n" }.joined()
        return "<!DOCTYPE html><html><body><table>\n\(rows)</table></body></html>\n"
    }
}
