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
    private var hasEnded = false
    /// The rows above the header, until it is found.
    private var preamble: [(row: Int, cells: [TableCell])] = []
    private var told = ToldTotals()
    private var accounts = AccountFilter()
    /// Whether the account of the lines below has been named since the last line.
    private var isAccountNamed = false
    /// The sums of the columns, where the bank keeps fees.
    private var sides = MappedLayout.Sides()
    private var lastRow = 1

    /// Generous: banks put at most a few dozen rows above a table.
    private static let maximumPreamble = 200

    init(candidates: [StatementMapping], options: StatementOptions) {
        self.candidates = candidates
        tally = StatementTally(options)
    }

    /// - Parameter mayBeCut: whether the file ends within the row for all that can be known.
    mutating func take(
        _ cells: [TableCell],
        row: Int,
        mayBeCut: Bool = false,
        _ emit: (StatementLine) throws -> Void
    ) throws {
        lastRow = row
        guard let layout else { return try findHeader(cells, row: row) }
        if hasEnded || cells.allSatisfy(\.isEmpty) || isHeaderAgain(cells, layout) { return }
        if layout.isEnd(cells) {
            hasEnded = true
            return
        }
        guard isInTable else {
            _ = readTold(cells, layout, row)
            return
        }
        if isFirstRow, layout.isNumbering(cells) { return }
        isFirstRow = false
        if layout.mayBeAside(cells), isTold(cells, layout, row) { return }
        if layout.isRemark(cells) { return }
        isAccountNamed = false
        guard !isOthers(cells, layout, row) else { return accounts.skipLine() }
        switch self.layout?.line(cells, row: row, &tally) {
        case .some(let read):
            if mayBeCut, layout.isUnproven(cells, read.line, isFirst: tally.summary.lines == 0) { faultCut(row) }
            if layout.mapping.hasFees { sides.add(read.sides) }
            try tally.take(read.line, emit)
        case .none: tally.loseLine()
        }
    }

    private mutating func faultCut(_ row: Int) {
        tally.fault(
            row,
            "",
            "",
            Phrase(
                vi:
                    "là chỗ tệp kết thúc, ngay trong một số hoặc ngày: tệp có bị cắt không? Nếu đủ, hãy thêm dấu xuống dòng",
                en:
                    "is where the file ends, within a number or date: was it cut off? If it is whole, end it with a line break"
            )
        )
    }

    /// Reads a row that describes the table; returns whether it is one. Balances and totals may be above, between and below
    /// the lines.
    private mutating func isTold(_ cells: [TableCell], _ layout: MappedLayout, _ row: Int) -> Bool {
        if let totals = layout.bareTotals(cells) {
            if !accounts.isSkipping { told.read(totals: totals, row) }
            isInTable = false
            return true
        }
        let isFooter = layout.isFooter(cells)
        if readTold(cells, layout, row) || isFooter {
            if isFooter { isInTable = false }
            return true
        }
        return false
    }

    private mutating func readTold(_ cells: [TableCell], _ layout: MappedLayout, _ row: Int) -> Bool {
        let read = told.read(
            cells,
            layout.mapping,
            row,
            mayNameAccount: !layout.hasMoney(cells),
            isOthers: accounts.isSkipping
        )
        if let account = read.account { name(account, row: row) }
        return read.isAnything
    }

    /// The first account named between two lines is that of the lines below.
    private mutating func name(_ account: String, row: Int) {
        guard !isAccountNamed else { return }
        isAccountNamed = true
        accounts.begin(account, row: row, &tally)
    }

    /// Whether a line is one of another account.
    private mutating func isOthers(_ cells: [TableCell], _ layout: MappedLayout, _ row: Int) -> Bool {
        if accounts.isSkipping { return true }
        if layout.mapping.columns[.account] != nil {
            // A row without an account is a fault of its own.
            return layout.text(cells, .account).map { !accounts.admits($0, row: row, &tally) } ?? false
        }
        guard layout.mapping.namesTwoAccounts, let asked = tally.options.account else { return false }
        let ends: [StatementMapping.Column] = [.fromAccount, .toAccount]
        if ends.contains(where: { layout.isOwn(cells, $0, tally.options) }) {
            tally.summary.account = tally.summary.account ?? asked
            return false
        }
        for end in ends { layout.text(cells, end).map { accounts.note($0) } }
        return true
    }

    mutating func finish() throws -> StatementSummary {
        if layout == nil, tally.faults.isEmpty {
            let headings = candidates.prefix(3).map { "\($0.name): \($0.recognisedBy.joined(separator: ", "))" }
            tally.fault(
                lastRow,
                "",
                "",
                Phrase(
                    vi:
                        "không dòng nào có tiêu đề của một mẫu đã biết (\(headings.joined(separator: "; "))…): mẫu khác cần tệp mô tả (khop statement describe)",
                    en:
                        "no row has the headings of a known layout (\(headings.joined(separator: "; "))…): a mapping file describes others (khop statement describe)"
                )
            )
        }
        if tally.faults.isEmpty { accounts.finish(&tally, row: lastRow) }
        told.check(&tally, sides: layout?.mapping.hasFees == true ? sides : nil, row: lastRow)
        tally.summary.currency = tally.summary.currency ?? tally.options.acceptedCurrency
        return try tally.finish()
    }

    private mutating func findHeader(_ cells: [TableCell], row: Int) throws {
        guard let layout = layout(cells, row: row) else {
            // Nothing decides between two banks.
            if !tally.faults.isEmpty { throw tally.rejected }
            preamble.append((row, cells))
            if preamble.count > Self.maximumPreamble { _ = try finish() }
            return
        }
        let mapping = layout.mapping
        self.layout = layout
        tally.summary.layout = mapping.name
        tally.summary.storedMapping = mapping.storedID
        isInTable = true
        checkBank(mapping, row: row)
        for (row, cells) in preamble {
            let read = told.read(cells, mapping, row, mayNameAccount: true)
            if let account = read.account { name(account, row: row) }
        }
        preamble = []
        isAccountNamed = false
        guard !tally.faults.isEmpty else { return }
        // If the table lacks a column or is another bank's, none of its lines can be read.
        accounts.finish(&tally, row: row)
        throw tally.rejected
    }

    /// The layout whose header a row is. Reports the banks between which nothing decides.
    private mutating func layout(_ cells: [TableCell], row: Int) -> MappedLayout? {
        let single = TableHeadings(cells)
        let double = preamble.last.map { TableHeadings(cells, above: $0.cells) }
        let fits = candidates.compactMap { mapping -> LayoutChoice.Fit? in
            for headings in mapping.headerRows == 2 ? [double, single] : [single] {
                guard let headings, let found = headings.find(mapping) else { continue }
                return LayoutChoice.Fit(mapping: mapping, headings: headings, found: found)
            }
            return nil
        }
        guard !fits.isEmpty else { return nil }
        let choice = LayoutChoice(fits, bank: tally.options.bank)
        if let fit = choice.chosen { return MappedLayout(fit, header: cells, row: row, &tally) }
        let names = choice.rivals.map { "\($0.title) (\($0.name))" }.joined(separator: "; ")
        tally.fault(
            row,
            "layout",
            names,
            Phrase(
                vi: "tiêu đề này hợp với mẫu của nhiều ngân hàng: \(names). Hãy nêu tên mẫu",
                en: "has headings that fit the layouts of more than one bank: \(names). Name the layout"
            )
        )
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

extension MappedLayout.Sides {
    /// Adds a line's. What no account can hold is as much as can be told.
    fileprivate mutating func add(_ other: Self) {
        func sum(_ left: Money, _ right: Money) -> Money {
            let (sum, overflow) = left.dong.addingReportingOverflow(right.dong)
            return Money(overflow ? Int64.max : sum)
        }
        credit = sum(credit, other.credit)
        debit = sum(debit, other.debit)
        fee = sum(fee, other.fee)
        tax = sum(tax, other.tax)
    }
}
