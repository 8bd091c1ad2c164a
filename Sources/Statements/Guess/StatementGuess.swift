public import Values

/// What the columns of an unknown table are, by what its cells look like and by whether its balances follow.
///
/// A guess is for people to look at: nothing is imported by it before somebody has made a mapping of it.
public struct StatementGuess: Sendable {
    /// The row with the headings, among the table's rows; the lower one of two.
    public let header: Int
    /// 1, or 2 where the row above has headings that span some of its columns, or the same in another language.
    public let headerRows: Int
    /// The first row that is a line.
    public let firstLine: Int
    /// Where each column that was found is, from 0.
    public var columns: [StatementMapping.Column: Int]
    /// The forms of the dates; the ones of ``patterns`` or others.
    public var dates: [String]
    /// The sign that debits have.
    public var debits: StatementMapping.DebitSign
    /// The marks of the column of signs, where somebody says them; else those that were found in it.
    public var typedMarks: SignMarks?
    /// The marks of each column that has nothing but marks.
    private let marks: [Int: SignMarks]
    /// Whether balances prove which columns are debits, credits and balances.
    public let isProven: Bool
    /// The heading of each column of the lines; empty for one without.
    public let headings: [String]
    private let hasBlankDates: Bool

    /// The forms of dates that are looked for; those with a time first.
    public static let patterns = [
        "dd/MM/yyyy HH:mm:ss", "dd/MM/yyyy HH:mm", "dd/MM/yyyy", "dd-MM-yyyy HH:mm:ss", "dd-MM-yyyy HH:mm",
        "dd-MM-yyyy",
        "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm", "yyyy-MM-dd", "yyyy/MM/dd HH:mm:ss", "yyyy/MM/dd",
        "dd.MM.yyyy HH:mm:ss",
        "dd.MM.yyyy", "dd/MM/yy", "dd MMM yyyy", "dd MMM yy",
    ]

    /// Returns `nil` if no row looks like a line: a date and an amount.
    ///
    /// - Parameters:
    ///   - header: the row with the headings, where somebody says which it is; one above the first line.
    ///   - headerRows: 1 or 2, where somebody says so.
    public init?(_ table: RawTable, header told: Int? = nil, headerRows: Int? = nil) {
        let rows = table.rows.map(\.cells)
        guard let (firstLine, dateColumn) = Self.firstLine(rows) else { return nil }
        let lines = Self.lines(rows[firstLine...], dateColumn)
        let width = lines.map(\.count).max() ?? 0
        let cells = (0..<width).map { place in lines.map { place < $0.count ? $0[place] : .empty } }
        let own = told.flatMap { (0..<firstLine).contains($0) ? $0 : nil }
        let pair = own == nil && headerRows == nil ? GuessedHeader.pair(rows, above: firstLine, cells) : nil
        let header = own ?? pair ?? Self.header(rows, above: firstLine, dateColumn)
        let hasTwoRows = header > 0 && headerRows.map { $0 == 2 } ?? (pair != nil)
        let named = TableHeadings.texts(rows[header], above: hasTwoRows ? rows[header - 1] : nil)
        headings = (0..<width).map { $0 < named.count ? named[$0] : "" }
        let headings = self.headings
        let columns = cells.indices.map { GuessedColumn(heading: headings[$0], cells: cells[$0]) }
        self.header = header
        self.headerRows = hasTwoRows ? 2 : 1
        self.firstLine = firstLine
        let told = Self.told(rows, firstLine, lines.count)
        let marks = Dictionary(
            uniqueKeysWithValues: cells.enumerated().compactMap { place, cells in SignMarks(cells).map { (place, $0) } }
        )
        self.marks = marks
        let amounts = Self.amounts(columns, told, marks)
        var found = amounts.columns
        let times = Self.times(columns, taken: Set(found.values), &found)
        Self.texts(columns, &found)
        self.columns = found
        dates = times.isEmpty ? ["dd/MM/yyyy"] : times
        isProven = amounts.isProven
        hasBlankDates = lines.contains { !Self.isDate($0, dateColumn) }
        debits = amounts.debitSign
    }

    // MARK: Rows

    private static func isDate(_ cells: [TableCell], _ column: Int) -> Bool {
        guard column < cells.count else { return false }
        if case .time = cells[column].kind { return true }
        let first = cells[column].text.split(whereSeparator: \.isNewline).first.map { String($0).trimmed } ?? ""
        return patterns.contains { DatePattern($0)?.parse(first) != nil }
    }

    /// The rows with a date, and those between them that only leave it out.
    private static func lines(_ rows: ArraySlice<[TableCell]>, _ dateColumn: Int) -> [[TableCell]] {
        let cells = rows.first?.count { !$0.isEmpty } ?? 0
        func isLine(_ row: [TableCell]) -> Bool {
            let isLeftOut = dateColumn < row.count && row[dateColumn].isEmpty
            return isDate(row, dateColumn) || (isLeftOut && row.count { !$0.isEmpty } * 4 >= cells * 3)
        }
        return Array(rows.prefix(while: isLine))
    }

    /// The first of at least two rows, or of the only one, with a date in the same column and an amount in another.
    private static func firstLine(_ rows: [[TableCell]]) -> (row: Int, dateColumn: Int)? {
        for (place, cells) in rows.enumerated() {
            for column in cells.indices where isDate(cells, column) {
                let others = cells.indices.filter { $0 != column && !isDate(cells, $0) }
                let hasAmount = others.contains { GuessedColumn(heading: "", cells: [cells[$0]]).money != nil }
                let goesOn = place + 1 == rows.count || isDate(rows[place + 1], column) || place + 2 >= rows.count
                let isWide = cells.count(where: { !$0.isEmpty }) >= 3 || rows.count < 4
                if hasAmount, place > 0, isWide, goesOn {
                    return (place, column)
                }
            }
        }
        return nil
    }

    /// The row with most texts among the few above the first line, the highest of those; it names the column of the dates.
    private static func header(_ rows: [[TableCell]], above firstLine: Int, _ dateColumn: Int) -> Int {
        let near = max(0, firstLine - 4)..<firstLine
        func texts(_ row: Int) -> Int { rows[row].count { $0.text.contains(where: \.isLetter) } }
        return near.max { (texts($0), -$0) < (texts($1), -$1) } ?? firstLine - 1
    }

    /// The balances told above and below the lines, by the words that banks have for them.
    private static func told(_ rows: [[TableCell]], _ firstLine: Int, _ lines: Int) -> (
        opening: Money?, closing: Money?
    ) {
        let amount = TableAmount(thousands: [".", ","], decimals: [",", "."])
        func find(_ rows: ArraySlice<[TableCell]>, _ words: [String]) -> Money? {
            for cells in rows {
                for (place, cell) in cells.enumerated() {
                    let folded = StatementMapping.folded(cell.text)
                    guard words.contains(where: folded.contains) else { continue }
                    let own = cell.text.firstIndex(of: ":").flatMap { amount.first(in: String(cell.text[$0...])) }
                    if let value = own ?? cells[(place + 1)...].lazy.compactMap({ amount.parse($0) }).first {
                        return value
                    }
                }
            }
            return nil
        }
        let end = min(rows.count, firstLine + lines)
        return (
            find(rows[..<firstLine], ["sốdưđầu", "opening"]),
            find(rows[end...] + rows[..<firstLine], ["sốdưcuối", "closing"])
        )
    }

    // MARK: Columns

    private static func amounts(
        _ columns: [GuessedColumn],
        _ told: (opening: Money?, closing: Money?),
        _ marks: [Int: SignMarks]
    ) -> GuessedAmounts {
        var money: [Int: [Money]] = [:]
        for (place, column) in columns.enumerated() {
            guard let amounts = column.money, !column.isCounting, amounts.contains(where: { $0 != .zero }),
                !column.isConstant || columns[place].cells.count == 1, column.datePattern(patterns) == nil
            else { continue }
            money[place] = amounts
        }
        let headings = Dictionary(uniqueKeysWithValues: columns.enumerated().map { ($0.offset, $0.element.heading) })
        let debits = Dictionary(
            uniqueKeysWithValues: marks.map { place, marks in
                (place, columns[place].cells.map { marks.isDebit($0) ?? false })
            }
        )
        return GuessedAmounts(money, told: told, headings: headings, debits: debits)
    }

    /// Finds the columns of times; returns the forms of their dates.
    private static func times(
        _ columns: [GuessedColumn],
        taken: Set<Int>,
        _ found: inout [StatementMapping.Column: Int]
    ) -> [String] {
        var forms: [String] = []
        var places: [(place: Int, hasTime: Bool)] = []
        for (place, column) in columns.enumerated() where !taken.contains(place) {
            if let both = column.idPattern(patterns) {
                found[.transactionID] = place
                places.append((place, true))
                forms.append(both)
            } else if let pattern = column.datePattern(patterns) {
                let hasTime = pattern.contains("HH") || column.cells.contains { $0.kind.hasTimeOfDay }
                places.append((place, hasTime))
                if !pattern.isEmpty, !forms.contains(pattern) { forms.append(pattern) }
            }
        }
        // The bank books with the time of day, or in the column that comes first.
        let booked = places.first { $0.hasTime } ?? places.first
        found[.bookedAt] = booked?.place
        found[.valueDate] = places.first { $0.place != booked?.place }?.place
        return forms
    }

    /// Finds id, memo and the other side among what is left.
    private static func texts(_ columns: [GuessedColumn], _ found: inout [StatementMapping.Column: Int]) {
        func free() -> [(offset: Int, element: GuessedColumn)] {
            columns.enumerated().filter { !found.values.contains($0.offset) && !$0.element.isCounting }
        }
        if let currency = free().first(where: { $0.element.isCurrency }) { found[.currency] = currency.offset }
        if let memo = free().max(by: { $0.element.wordiness < $1.element.wordiness }), memo.element.wordiness > 0 {
            found[.memo] = memo.offset
        }
        if let time = free().first(where: { $0.element.looksLikeTimeOfDay }) { found[.time] = time.offset }
        if found[.transactionID] == nil, let id = free().first(where: { $0.element.looksLikeID }) {
            found[.transactionID] = id.offset
        }
        let accounts = free().filter { $0.element.looksLikeAccount }
        let own = accounts.first { $0.element.filled == 100 && $0.element.cells.count > 2 && $0.element.sameness >= 60 }
        found[.account] = own?.offset
        if let other = accounts.first(where: { $0.offset != own?.offset }) {
            found[.counterpartyAccount] = other.offset
        }
        if let name = free().first(where: { $0.element.looksLikeName && $0.element.sameness < 80 }) {
            found[.counterpartyName] = name.offset
        }
    }

    // MARK: The mapping

    /// The marks of the column of signs; `nil` if there is no such column, or nobody knows its marks.
    public var signMarks: SignMarks? { columns[.sign].flatMap { typedMarks ?? marks[$0] } }

    /// The mapping that it makes; its columns may have been changed before.
    public func mapping(name: String, title: String, bank: String?) -> JSON {
        func isUnique(_ place: Int) -> Bool {
            let folded = StatementMapping.folded(headings[place])
            return !folded.isEmpty && headings.count { StatementMapping.folded($0) == folded } == 1
        }
        let ordered = columns.filter { headings.indices.contains($0.value) }.sorted {
            ($0.value, $0.key.rawValue) < ($1.value, $1.key.rawValue)
        }
        let named = Set(ordered.map(\.value)).sorted().filter { !StatementMapping.folded(headings[$0]).isEmpty }
        var members: [JSON.Member] = [.init("name", .string(name)), .init("title", .string(title))]
        if let bank { members.append(.init("bank", .string(bank))) }
        members += [
            .init("header", .array(named.map { .string(headings[$0]) })),
            .init(
                "columns",
                .object(
                    ordered.map { column, place in
                        .init(
                            column.rawValue,
                            isUnique(place) ? .array([.string(headings[place])]) : .integer(place + 1)
                        )
                    }
                )
            ),
            .init("dates", .array(dates.map(JSON.string))), .init("thousands", [".", ","]),
            .init("decimals", [",", "."]),
        ]
        if headerRows == 2 { members.append(.init("header_rows", 2)) }
        if let signMarks {
            let told: JSON = [
                "credit": .array(signMarks.credit.map(JSON.string)), "debit": .array(signMarks.debit.map(JSON.string)),
            ]
            members.append(.init("signs", told))
        }
        if hasBlankDates { members.append(.init("blank_dates", "above")) }
        if debits != .positive { members.append(.init("debits", .string(debits.rawValue))) }
        return .object(members + (StatementMapping.commonMembers))
    }
}

extension TableCell.Kind {
    fileprivate var hasTimeOfDay: Bool {
        guard case .time(let instant) = self else { return false }
        return instant != instant.day.start
    }
}
