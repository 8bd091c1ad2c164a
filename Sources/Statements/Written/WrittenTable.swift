import Values

/// A statement as a table of a layout, from nothing but what the layout says of itself: its headings, its form of dates, where
/// it has debits.
struct WrittenTable {
    private let json: JSON
    private let account: String
    private let opening: Money
    private let lines: [StatementLine]
    private let pattern: String
    /// Each column with what it has; two meanings of one heading share its cells.
    private let columns: [(meanings: [StatementMapping.Column], heading: String)]

    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    init(_ mapping: StatementMapping, account: String, opening: Money, lines: [StatementLine]) {
        (json, self.account, self.opening, self.lines) = (mapping.json, account, opening, lines)
        let patterns = (json["dates"]?.array ?? []).compactMap(\.string)
        // The one that says most.
        pattern =
            patterns.first { $0.contains("ss") } ?? patterns.first { $0.contains("mm") } ?? patterns.first
            ?? "dd/MM/yyyy"
        columns = WrittenTable.columns(json)
    }

    private static func headings(_ value: JSON) -> [String] {
        value.array?.compactMap(\.string) ?? [value.string].compactMap(\.self)
    }

    private static func columns(_ json: JSON) -> [(meanings: [StatementMapping.Column], heading: String)] {
        var columns: [(meanings: [StatementMapping.Column], heading: String)] = []
        for member in json["columns"]?.members ?? [] {
            guard let heading = headings(member.value).first,
                let meaning = StatementMapping.Column(rawValue: member.name)
            else { continue }
            if let place = columns.firstIndex(where: { $0.heading == heading }) {
                columns[place].meanings.append(meaning)
            } else {
                columns.append(([meaning], heading))
            }
        }
        // Headings that it is recognised by and nothing is read of.
        for item in json["header"]?.array ?? [] {
            let forms = headings(item)
            let there = columns.map { StatementMapping.folded($0.heading) }
            guard let first = forms.first, !forms.contains(where: { there.contains(StatementMapping.folded($0)) })
            else {
                continue
            }
            columns.append(([], first))
        }
        // What is found by its place stands there, with nothing above it.
        let placed = (json["columns"]?.members ?? []).compactMap { member in
            member.value.integer.flatMap { place in StatementMapping.Column(rawValue: member.name).map { (place, $0) } }
        }
        for (place, meaning) in placed.sorted(by: { $0.0 < $1.0 }) {
            while columns.count < place - 1 { columns.append(([], "")) }
            columns.insert(([meaning], ""), at: Int(place) - 1)
        }
        return columns
    }

    /// The meanings that a layout has no column for are not in its files.
    private func has(_ meaning: StatementMapping.Column) -> Bool { columns.contains { $0.meanings.contains(meaning) } }

    // MARK: Rows

    var rows: [[String]] {
        var rows: [[String]] = []
        func tell(_ label: String, _ value: String) {
            // The last form of a label is a bank's own where it has one.
            guard let words = json["labels"]?[label]?.array?.first?.string else { return }
            rows += json["label_values"] == nil ? [[words, value]] : [[words], [value]]
        }
        if !has(.account), !has(.fromAccount) { tell("account", account) }
        tell("opening", String(opening.dong))
        rows.append(columns.map(\.heading))
        var balance = opening
        for line in lines {
            balance = balance + line.amount
            rows.append(columns.map { cell($0.meanings, line, balance) })
        }
        tell("closing", String(balance.dong))
        return rows
    }

    private func cell(_ meanings: [StatementMapping.Column], _ line: StatementLine, _ balance: Money) -> String {
        // The id stands under the date.
        let sorted = meanings.sorted { first, _ in first == .bookedAt }
        return sorted.map { value($0, line, balance) }.filter { !$0.isEmpty }.joined(separator: "\n")
    }

    private func value(_ meaning: StatementMapping.Column, _ line: StatementLine, _ balance: Money) -> String {
        let isCredit = line.amount > .zero
        let size = String(line.amount.dong.magnitude)
        switch meaning {
        case .bookedAt: return shown(line.bookedAt)
        case .valueDate: return shown((line.valueDate ?? line.bookedAt.day).start)
        case .time: return String(line.bookedAt.description.dropFirst(11).prefix(8))
        case .transactionID: return line.transactionID ?? ""
        case .debit: return isCredit ? "" : (json["debits"]?.string == "negative" ? "-" : "") + size
        case .credit: return isCredit ? size : ""
        case .amount: return has(.sign) || has(.fromAccount) ? size : String(line.amount.dong)
        case .sign: return json["signs"]?[isCredit ? "credit" : "debit"]?.array?.first?.string ?? ""
        case .balance: return String(balance.dong)
        case .fee, .tax: return ""
        case .currency: return "VND"
        case .account: return account
        case .memo: return line.memo ?? ""
        case .counterpartyName: return otherSide(line)
        case .counterpartyAccount: return line.counterpartyAccount ?? ""
        case .counterpartyBank: return line.counterpartyBank ?? ""
        case .fromAccount: return isCredit ? line.counterpartyAccount ?? "" : account
        case .toAccount: return isCredit ? account : line.counterpartyAccount ?? ""
        case .fromName: return isCredit ? line.counterpartyName ?? "" : ""
        case .toName: return isCredit ? "" : line.counterpartyName ?? ""
        case .fromBank, .toBank: return ""
        }
    }

    /// The name of the other side, and its account where the layout has both in one cell.
    private func otherSide(_ line: StatementLine) -> String {
        let name = line.counterpartyName ?? ""
        guard let mark = json["account_after"]?.string, !has(.counterpartyAccount), let other = line.counterpartyAccount
        else { return name }
        return "\(name) - \(mark) \(other)"
    }

    private func shown(_ time: Instant) -> String {
        let iso = time.description
        func part(_ from: Int, _ count: Int) -> String { String(iso.dropFirst(from).prefix(count)) }
        let month = Int(part(5, 2)).map { WrittenTable.months[$0 - 1] } ?? ""
        return pattern.replacing("yyyy", with: part(0, 4)).replacing("yy", with: part(2, 2))
            .replacing("MMM", with: month).replacing("MM", with: part(5, 2)).replacing("dd", with: part(8, 2))
            .replacing("HH", with: part(11, 2)).replacing("mm", with: part(14, 2)).replacing("ss", with: part(17, 2))
    }

    // MARK: Files

    /// As CSV, whatever the bank's own kind of file is: the reader finds the layout by its headings.
    var csv: String { rows.map { CSV.line($0) + "\n" }.joined() }
}
