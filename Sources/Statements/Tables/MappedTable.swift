import Values

/// Converts a bank's own table into statement lines: finds the header, reads the rows below it, and checks the values
/// in the cells around the table.
struct MappedTable {
    var tally: StatementTally
    /// The layouts that the header may have, in order of preference.
    private let candidates: [StatementMapping]
    private var layout: MappedLayout?
    private var isInTable = false
    private var isFirstRow = true
    /// The rows above the header, until it is found.
    private var preamble: [(row: Int, cells: [TableCell])] = []
    private var told = ToldTotals()
    private var lastRow = 1

    /// Generous: banks put at most a few dozen rows above a table.
    private static let maximumPreamble = 200

    init(candidates: [StatementMapping], options: StatementOptions) {
        self.candidates = candidates
        tally = StatementTally(options)
    }

    mutating func take(_ cells: [TableCell], row: Int, _ emit: (StatementLine) throws -> Void) throws {
        lastRow = row
        guard let layout else { return try findHeader(cells, row: row) }
        if cells.allSatisfy(\.isEmpty) || isHeaderAgain(cells, layout) { return }
        guard isInTable else {
            told.read(cells, layout.mapping, row, isAbove: false)
            return
        }
        if isFirstRow, layout.isNumbering(cells) { return }
        isFirstRow = false
        if layout.mayBeAside(cells) {
            // Balances and totals may be above, between and below the lines.
            let isFooter = layout.isFooter(cells)
            if told.read(cells, layout.mapping, row, isAbove: false) || isFooter {
                if isFooter { isInTable = false }
                return
            }
            // A remark next to the table.
            if layout.isBlank(cells) { return }
        }
        switch layout.line(cells, row: row, &tally) {
        case .some(let line): try tally.take(line, emit)
        case .none: tally.loseLine()
        }
    }

    mutating func finish() throws -> StatementSummary {
        if layout == nil, tally.faults.isEmpty {
            let headings = candidates.prefix(3).map { "\($0.name): \($0.header.joined(separator: ", "))" }
            tally.fault(
                lastRow,
                "",
                "",
                Phrase(
                    vi:
                        "không dòng nào có tiêu đề của một mẫu đã biết (\(headings.joined(separator: "; "))…): mẫu khác cần tệp mô tả",
                    en:
                        "no row has the headings of a known layout (\(headings.joined(separator: "; "))…): a mapping file describes others"
                )
            )
        }
        told.check(&tally, row: lastRow)
        tally.summary.currency = tally.summary.currency ?? tally.options.acceptedCurrency
        return try tally.finish()
    }

    private mutating func findHeader(_ cells: [TableCell], row: Int) throws {
        if let layout = layout(cells, row: row) {
            let mapping = layout.mapping
            self.layout = layout
            tally.summary.layout = mapping.name
            isInTable = true
            for (row, cells) in preamble { told.read(cells, mapping, row, isAbove: true) }
            preamble = []
            checkBank(mapping, row: row)
            told.checkAccount(&tally, row: row)
            // If the table lacks a column, none of its lines can be read.
            guard tally.faults.isEmpty else { throw tally.rejected }
            return
        }
        preamble.append((row, cells))
        guard preamble.count <= Self.maximumPreamble else {
            _ = try finish()
            return
        }
    }

    /// The layout whose header a row is: the first that fits, but for one of the account's own bank if that is of another,
    /// for some banks' headings are plain words.
    private mutating func layout(_ cells: [TableCell], row: Int) -> MappedLayout? {
        let before = tally
        guard let first = fitting(candidates, cells, row: row) else { return nil }
        guard isForeign(first.mapping) else { return first }
        let withFirst = tally
        tally = before
        if let own = fitting(candidates.filter { $0.bank == tally.options.bank }, cells, row: row) { return own }
        tally = withFirst
        return first
    }

    private mutating func fitting(_ mappings: [StatementMapping], _ cells: [TableCell], row: Int) -> MappedLayout? {
        for mapping in mappings {
            let above = mapping.headerRows == 2 ? preamble.last?.cells : nil
            if let layout = MappedLayout(mapping, header: cells, above: above, row: row, &tally) { return layout }
        }
        return nil
    }

    /// Whether a layout is another bank's own than the one that holds the account.
    private func isForeign(_ mapping: StatementMapping) -> Bool {
        guard let bank = mapping.bank, let asked = tally.options.bank else { return false }
        return bank != asked
    }

    private mutating func checkBank(_ mapping: StatementMapping, row: Int) {
        guard isForeign(mapping), let bank = mapping.bank, !tally.options.acceptsForeign else { return }
        let asked = tally.options.bank ?? ""
        tally.fault(
            row,
            "layout",
            mapping.title,
            Phrase(
                vi: "là mẫu sao kê của ngân hàng \(bank), còn tài khoản mở tại \(asked)",
                en: "is a layout of the bank \(bank), and the account is held at \(asked)"
            )
        )
        tally.foreign.append(.layout(mapping.name, bank: bank))
    }

    private mutating func isHeaderAgain(_ cells: [TableCell], _ layout: MappedLayout) -> Bool {
        guard layout.isHeader(cells) else { return false }
        isInTable = true
        isFirstRow = true
        return true
    }
}
