import Values

/// A mapping applied to the actual header of a file: which cell of a row has which meaning.
struct MappedLayout {
    let mapping: StatementMapping
    private let positions: [StatementMapping.Column: Int]
    private let header: [String]
    private let amounts: TableAmount

    /// Returns `nil` if the row is not the mapping's header; reports errors if it is, but lacks a column.
    init?(
        _ mapping: StatementMapping,
        header cells: [TableCell],
        above: [TableCell]?,
        row: Int,
        _ tally: inout StatementTally
    ) {
        let folded = Self.headings(cells, above: above)
        guard mapping.header.allSatisfy({ folded.contains($0) }) else { return nil }
        var positions: [StatementMapping.Column: Int] = [:]
        for (column, source) in mapping.columns {
            switch source {
            case .position(let position): positions[column] = position
            case .headings(let headings):
                positions[column] = headings.lazy.compactMap { folded.firstIndex(of: $0) }.first
                let required: [StatementMapping.Column] = [.bookedAt, .amount, .sign, .debit, .credit]
                if positions[column] == nil, required.contains(column) {
                    tally.fault(
                        row,
                        column.rawValue,
                        "",
                        Phrase(
                            vi: "mẫu \(mapping.name) không tìm thấy cột: \(headings.joined(separator: ", "))",
                            en: "the layout \(mapping.name) finds no column for it: \(headings.joined(separator: ", "))"
                        )
                    )
                }
            }
        }
        self.mapping = mapping
        self.positions = positions
        header = Self.headings(cells, above: nil)
        amounts = TableAmount(thousands: mapping.thousands, decimals: mapping.decimals)
    }

    /// The headings of one row, or of two rows if the upper one spans columns: `Phát sinh` above `Nợ` and `Có`.
    private static func headings(_ cells: [TableCell], above: [TableCell]?) -> [String] {
        guard let above else { return cells.map { StatementMapping.folded($0.text) } }
        var span = ""
        return (0..<max(cells.count, above.count)).map { index in
            let upper = index < above.count ? StatementMapping.folded(above[index].text) : ""
            let lower = index < cells.count ? StatementMapping.folded(cells[index].text) : ""
            if !upper.isEmpty { span = upper }
            return lower.isEmpty ? upper : span + lower
        }
    }

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

    /// Whether all mapped columns of a row are empty.
    func isBlank(_ cells: [TableCell]) -> Bool {
        positions.values.allSatisfy { $0 >= cells.count || cells[$0].isEmpty }
    }

    func isFooter(_ cells: [TableCell]) -> Bool {
        guard let first = cells.first(where: { !$0.isEmpty }) else { return false }
        let folded = StatementMapping.folded(first.text)
        return mapping.footer.contains { folded.hasPrefix($0) }
    }

    /// Whether a row may describe the table instead of being a line of it: its time column is empty or contains a label
    /// or footer.
    func mayBeAside(_ cells: [TableCell]) -> Bool {
        let cell = cell(cells, .bookedAt)
        // Every label begins with a letter, and nearly every time begins with a digit.
        if let first = cell.text.utf8.first, (48...57).contains(first) { return false }
        let folded = StatementMapping.folded(cell.text)
        if folded.isEmpty { return true }
        return mapping.footer.contains { folded.hasPrefix($0) }
            || mapping.labels.values.contains { $0.contains { folded.hasPrefix($0) } }
    }

    private func cell(_ cells: [TableCell], _ column: StatementMapping.Column) -> TableCell {
        guard let position = positions[column], position < cells.count else { return .empty }
        guard mapping.idStandsUnderDate, column == .bookedAt || column == .transactionID else { return cells[position] }
        if case .time = cells[position].kind { return column == .bookedAt ? cells[position] : .empty }
        let lines = cells[position].text.trimmed.split(
            maxSplits: 1,
            omittingEmptySubsequences: true,
            whereSeparator: \.isNewline
        )
        let line = column == .bookedAt ? lines.first : lines.dropFirst().first
        return TableCell(line.map(String.init) ?? "")
    }

    private func time(_ cells: [TableCell], _ column: StatementMapping.Column) -> Instant? {
        let cell = cell(cells, column)
        if case .time(let instant) = cell.kind { return instant }
        let text = cell.text.trimmed
        return mapping.dates.lazy.compactMap { $0.parse(text) }.first
    }

    private func text(_ cells: [TableCell], _ column: StatementMapping.Column) -> String? {
        let cell = cell(cells, column)
        if case .number = cell.kind, let whole = TableAmount.number(cell.text) { return whole.description }
        guard cell.text.utf8.contains(where: { $0 == 0x0A || $0 == 0x0D }) else {
            let text = cell.text.trimmed
            return text.isEmpty ? nil : text
        }
        // Line breaks in a cell come from the layout, not from the payer.
        let text = cell.text.split(whereSeparator: \.isNewline).map(\.trimmed).filter { !$0.isEmpty }.joined(
            separator: " "
        )
        return text.isEmpty ? nil : text
    }

    /// Reads a row; reports errors and returns `nil` if it is not a valid line.
    func line(_ cells: [TableCell], row: Int, _ tally: inout StatementTally) -> StatementLine? {
        let known = tally.faults.count
        func fault(_ column: StatementMapping.Column, _ reason: Phrase) {
            tally.fault(row, column.rawValue, cell(cells, column).text, reason)
        }
        let bookedAt = time(cells, .bookedAt)
        if bookedAt == nil {
            fault(
                .bookedAt,
                Phrase(
                    vi: "không phải là thời điểm có thật theo dạng nào của mẫu này",
                    en: "is not a time that exists in any form of this layout"
                )
            )
        }
        let valueDate = time(cells, .valueDate)?.day
        if valueDate == nil, !cell(cells, .valueDate).isEmpty {
            fault(
                .valueDate,
                Phrase(
                    vi: "không phải là ngày có thật theo dạng nào của mẫu này",
                    en: "is not a day that exists in any form of this layout"
                )
            )
        }
        let (amount, problem) = amount(cells)
        if let problem { fault(problem.column, problem.reason) }
        let balance = amounts.parse(cell(cells, .balance))
        if balance == nil, !cell(cells, .balance).isEmpty {
            fault(.balance, Phrase(vi: "không phải là số đồng nguyên", en: "is not a whole number of đồng"))
        }
        if let currency = text(cells, .currency), currency != "VND", currency != "VNĐ" {
            fault(
                .currency,
                Phrase(
                    vi: "phải là VND: hệ thống không hạch toán loại tiền khác",
                    en: "must be VND: other currencies are not booked here"
                )
            )
        }
        let limits: [(StatementMapping.Column, Int)] = [
            (.transactionID, StatementText.transactionID), (.counterpartyName, StatementText.counterpartyName),
            (.counterpartyAccount, StatementText.counterpartyAccount), (.memo, StatementText.memo),
            (.counterpartyBank, StatementText.counterpartyBank),
        ]
        for (column, limit) in limits
        where cell(cells, column).text.utf8.count > limit && (text(cells, column)?.unicodeScalars.count ?? 0) > limit {
            fault(column, Phrase(vi: "có hơn \(limit) ký tự", en: "has more than \(limit) characters"))
        }
        guard tally.faults.count == known, !tally.hasMoreFaults, let bookedAt, let amount else { return nil }
        return StatementLine(
            lineNumber: row,
            transactionID: text(cells, .transactionID),
            bookedAt: bookedAt,
            valueDate: valueDate,
            amount: amount,
            counterpartyName: text(cells, .counterpartyName),
            counterpartyAccount: text(cells, .counterpartyAccount),
            memo: text(cells, .memo),
            balance: balance,
            counterpartyBank: text(cells, .counterpartyBank)
        )
    }

    private typealias Problem = (column: StatementMapping.Column, reason: Phrase)

    private func amount(_ cells: [TableCell]) -> (Money?, Problem?) {
        mapping.columns[.amount] != nil ? signedAmount(cells) : amountOfSides(cells)
    }

    private func signedAmount(_ cells: [TableCell]) -> (Money?, Problem?) {
        guard var amount = amounts.parse(cell(cells, .amount)), StatementAmount.isTransfer(amount) else {
            return (
                nil,
                (
                    .amount,
                    Phrase(
                        vi: "không phải là số đồng nguyên khác 0, tối đa \(Money.maximum)",
                        en: "is not a whole number of đồng other than 0, at most \(Money.maximum)"
                    )
                )
            )
        }
        guard mapping.columns[.sign] != nil else { return (amount, nil) }
        let sign = StatementMapping.folded(cell(cells, .sign).text)
        let isDebit = mapping.debitSigns.contains(sign)
        guard isDebit || mapping.creditSigns.contains(sign) else {
            return (
                nil,
                (
                    .sign,
                    Phrase(
                        vi: "không phải dấu ghi có, cũng không phải dấu ghi nợ",
                        en: "is neither the mark of a credit nor that of a debit"
                    )
                )
            )
        }
        guard amount > .zero else {
            return (
                nil,
                (
                    .amount,
                    Phrase(
                        vi: "là số âm trong khi đã có dấu ghi nợ, ghi có",
                        en: "is negative although its direction is marked"
                    )
                )
            )
        }
        if isDebit { amount = -amount }
        return (amount, nil)
    }

    private func amountOfSides(_ cells: [TableCell]) -> (Money?, Problem?) {
        var sides: [Money] = []
        for column in [StatementMapping.Column.debit, .credit] {
            let cell = cell(cells, column)
            let amount = cell.isEmpty || cell.text.trimmed == "-" ? .zero : amounts.parse(cell)
            guard let amount, amount >= .zero, amount <= Money.maximum else {
                return (
                    nil,
                    (
                        column,
                        Phrase(
                            vi: "không phải là số đồng nguyên, tối đa \(Money.maximum)",
                            en: "is not a whole number of đồng, at most \(Money.maximum)"
                        )
                    )
                )
            }
            sides.append(amount)
        }
        guard (sides[0] == .zero) != (sides[1] == .zero) else {
            return (
                nil,
                (
                    .credit,
                    Phrase(
                        vi: "phải có đúng một trong hai cột nợ và có",
                        en: "exactly one of debit and credit must be given"
                    )
                )
            )
        }
        return (sides[1] - sides[0], nil)
    }
}
