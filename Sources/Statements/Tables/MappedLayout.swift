import Values

/// A mapping applied to the actual header of a file: which cell of a row has which meaning.
struct MappedLayout {
    let mapping: StatementMapping
    let positions: [StatementMapping.Column: Int]
    let amounts: TableAmount
    private let header: [String]
    /// The day or time of the last line, for a layout that leaves it out below.
    var lastTime: Instant?
    /// Whether debits are below zero, once a line has shown it; see ``StatementMapping/DebitSign``.
    var debitsAreNegative: Bool?

    /// Reports the columns that the header lacks, or has twice.
    init(_ fit: LayoutChoice.Fit, header cells: [TableCell], row: Int, _ tally: inout StatementTally) {
        mapping = fit.mapping
        positions = fit.found.positions
        header = cells.map { StatementMapping.folded($0.text) }
        amounts = TableAmount(thousands: mapping.thousands, decimals: mapping.decimals)
        debitsAreNegative =
            switch mapping.debitSign {
            case .positive: false
            case .negative: true
            case .either: nil
            }
        let name = mapping.name
        for column in fit.found.missing {
            guard case .headings(let headings) = mapping.columns[column] else { continue }
            let wanted = headings.joined(separator: ", ")
            tally.fault(
                row,
                column.rawValue,
                "",
                Phrase(
                    vi: "mẫu \(name) không tìm thấy cột: \(wanted)",
                    en: "the layout \(name) finds no column for it: \(wanted)"
                )
            )
        }
        for column in fit.found.doubled {
            tally.fault(
                row,
                column.rawValue,
                "",
                Phrase(
                    vi: "có hai cột cùng tiêu đề này: không biết đọc cột nào",
                    en: "two columns have its heading: which one is meant is not known"
                )
            )
        }
    }

    // MARK: Rows

    /// Whether a row repeats the header, as on printed pages.
    func isHeader(_ cells: [TableCell]) -> Bool {
        // Cell by cell, because in any other row already the first one differs.
        cells.count == header.count && zip(cells, header).allSatisfy { StatementMapping.folded($0.text) == $1 }
    }

    /// Whether a row only numbers the columns, `(1) (2) (3)`.
    func isNumbering(_ cells: [TableCell]) -> Bool {
        let numbers = cells.filter { !$0.isEmpty }.map { Int($0.text.trimmed.filter { $0 != "(" && $0 != ")" }) }
        return numbers.count > 2 && numbers.enumerated().allSatisfy { $1 == $0 + 1 }
    }

    /// Whether a row is a remark: all mapped columns are empty, or its time column begins with a word and no column of
    /// money has a digit. The second row of a header is one.
    func isRemark(_ cells: [TableCell]) -> Bool {
        let time = cell(cells, .bookedAt)
        if Self.beginsWithDigit(time) { return false }
        if time.isEmpty { return positions.values.allSatisfy { $0 >= cells.count || cells[$0].isEmpty } }
        guard time.kind == .text, let first = time.text.trimmed.first, first.isLetter else { return false }
        return !hasMoney(cells) && !cell(cells, .balance).text.contains(where: \.isNumber)
    }

    /// Whether a column of an amount has a digit other than 0.
    func hasMoney(_ cells: [TableCell]) -> Bool {
        let columns: [StatementMapping.Column] = [.amount, .debit, .credit, .fee, .tax]
        return columns.contains { cell(cells, $0).text.contains { $0.isNumber && $0 != "0" } }
    }

    func isFooter(_ cells: [TableCell]) -> Bool { begins(cells, with: mapping.footer) }

    /// Whether nothing from here on belongs to the account's lines.
    func isEnd(_ cells: [TableCell]) -> Bool { !mapping.end.isEmpty && begins(cells, with: mapping.end) }

    private func begins(_ cells: [TableCell], with texts: [String]) -> Bool {
        guard let first = cells.first(where: { !$0.isEmpty }) else { return false }
        let folded = StatementMapping.folded(first.text)
        return texts.contains { folded.hasPrefix($0) }
    }

    /// Whether a row may describe the table instead of being a line of it: its time column is empty or contains a label
    /// or footer.
    func mayBeAside(_ cells: [TableCell]) -> Bool {
        let cell = cell(cells, .bookedAt)
        if case .time = cell.kind { return false }
        // Nearly every line, at once.
        if Self.beginsWithDigit(cell), let first = cells.first, positions[.bookedAt] == 0 || Self.beginsWithDigit(first)
        {
            return false
        }
        if cell.isEmpty { return !mapping.fillsDates || !hasMoney(cells) || isLabelled(cells) }
        // Every label begins with a letter, and no time does.
        if cell.text.trimmed.first?.isLetter == true { return isLabelled([cell]) }
        guard cells.first(where: { !$0.isEmpty })?.text.first?.isLetter == true else { return false }
        // The value of a label may stand in the column of the times.
        return time(cells, .bookedAt) == nil && isLabelled(cells)
    }

    private static func beginsWithDigit(_ cell: TableCell) -> Bool {
        cell.text.utf8.first.map { (48...57).contains($0) } ?? false
    }

    /// Whether a row begins with a label or a footer.
    private func isLabelled(_ cells: [TableCell]) -> Bool {
        isFooter(cells) || mapping.labels.values.contains { begins(cells, with: $0) }
    }

    /// Whether the last cell of a row could lack its end without anything showing it.
    ///
    /// - Parameter isFirst: whether no balance before it proves its balance.
    func isUnproven(_ cells: [TableCell], _ line: StatementLine, isFirst: Bool) -> Bool {
        let last = cells.count - 1
        if positions.values.contains(where: { $0 > last }) { return true }
        func ends(_ columns: [StatementMapping.Column]) -> Bool { columns.contains { positions[$0] == last } }
        if ends([.bookedAt, .valueDate, .time]) { return true }
        return ends([.amount, .debit, .credit, .fee, .tax, .balance]) && (isFirst || line.balance == nil)
    }

    /// The totals in a row of nothing but sums; `nil` for any other row.
    func bareTotals(_ cells: [TableCell]) -> (credits: Money, debits: Money)? {
        guard mapping.hasBareTotals, cell(cells, .bookedAt).isEmpty, text(cells, .transactionID) == nil,
            text(cells, .memo) == nil, let debits = amounts.parse(cell(cells, .debit)),
            let credits = amounts.parse(cell(cells, .credit))
        else { return nil }
        return (credits, debits)
    }
}
