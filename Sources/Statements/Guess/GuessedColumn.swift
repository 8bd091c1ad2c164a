import Values

/// What the cells of one column of a table's lines look like.
struct GuessedColumn {
    let heading: String
    let cells: [TableCell]
    /// How many of 100 cells are not empty.
    let filled: Int
    /// The amounts, where every cell is one or empty; an empty cell and `-` are 0.
    let money: [Money]?
    /// Whether the cells are numbers that count the lines.
    let isCounting: Bool

    private static let amounts = TableAmount(thousands: [".", ","], decimals: [",", "."])

    init(heading: String, cells: [TableCell]) {
        self.heading = heading
        self.cells = cells
        let texts = cells.map(\.text.trimmed)
        filled = cells.isEmpty ? 0 : texts.count { !$0.isEmpty } * 100 / cells.count
        let read = cells.map { $0.isEmpty || $0.text.trimmed == "-" ? .zero : Self.amounts.parse($0) }
        // Amounts have no zeros in front; numbers of accounts have.
        let isPadded = texts.contains { $0.count > 1 && $0.first == "0" && $0.allSatisfy(\.isNumber) }
        money = filled > 0 && !isPadded && read.allSatisfy { $0 != nil } ? read.compactMap { $0 } : nil
        let numbers = texts.compactMap { Int($0) }
        isCounting =
            numbers.count == cells.count && numbers.count > 1
            && (zip(numbers, numbers.dropFirst()).allSatisfy { $1 == $0 + 1 }
                || zip(numbers, numbers.dropFirst()).allSatisfy { $1 == $0 - 1 })
    }

    private var texts: [String] { cells.map(\.text.trimmed).filter { !$0.isEmpty } }

    /// The longest pattern of those given that all its cells follow; an empty text for cells that are dates themselves.
    func datePattern(_ patterns: [String]) -> String? {
        guard filled >= 30 else { return nil }
        let times = cells.filter { if case .time = $0.kind { true } else { false } }
        if !times.isEmpty, times.count == cells.count(where: { !$0.isEmpty }) { return "" }
        return patterns.first { pattern in
            guard let pattern = DatePattern(pattern) else { return false }
            return texts.allSatisfy { pattern.parse($0) != nil }
        }
    }

    /// Whether every cell begins with a date on a line of its own, with an id below it.
    func idPattern(_ patterns: [String]) -> String? {
        let lines = texts.map { $0.split(whereSeparator: \.isNewline).map { String($0).trimmed } }
        guard !lines.isEmpty, lines.allSatisfy({ $0.count >= 2 }) else { return nil }
        return patterns.first { pattern in
            guard let pattern = DatePattern(pattern) else { return false }
            return lines.allSatisfy { pattern.parse($0[0]) != nil }
        }
    }

    /// Whether most cells differ, and all have digits and no spaces, as ids do.
    var looksLikeID: Bool {
        filled == 100 && Set(texts).count * 5 >= texts.count * 3
            && texts.allSatisfy { text in
                text.utf8.count >= 5 && text.contains(where: \.isNumber) && !text.contains(where: \.isWhitespace)
            }
    }

    /// Whether the cells are times of day.
    var looksLikeTimeOfDay: Bool {
        filled == 100
            && texts.allSatisfy { text in
                let parts = text.split(separator: ":").map { Int($0) }
                return (2...3).contains(parts.count) && parts.allSatisfy { ($0 ?? 99) < 60 }
            }
    }

    /// How many of 100 cells have what most of them have.
    var sameness: Int {
        let counts = Dictionary(grouping: texts, by: { $0 }).mapValues(\.count)
        return texts.isEmpty ? 0 : (counts.values.max() ?? 0) * 100 / texts.count
    }

    /// Whether the cells are numbers of accounts: nothing but digits, and not all of one length below six.
    var looksLikeAccount: Bool {
        !texts.isEmpty && filled >= 30
            && texts.allSatisfy { (6...24).contains($0.utf8.count) && $0.allSatisfy { $0.isNumber } }
    }

    /// Whether all lines have the same.
    var isConstant: Bool { filled == 100 && Set(texts).count == 1 }

    /// Whether the cells are names: words without digits, mostly of capital letters.
    var looksLikeName: Bool {
        !texts.isEmpty && filled >= 30
            && texts.allSatisfy { text in !text.contains(where: \.isNumber) && text.contains { $0 == " " } }
            && texts.count { $0.uppercased() == $0 } * 2 >= texts.count
    }

    /// How much it looks like free text: the mean length of what has spaces.
    var wordiness: Int {
        let spaced = texts.filter { $0.contains(where: \.isWhitespace) }
        return spaced.reduce(0) { $0 + $1.count } / max(cells.count, 1)
    }

    var isCurrency: Bool { !texts.isEmpty && texts.allSatisfy { ["VND", "VNĐ"].contains($0) } }
}
