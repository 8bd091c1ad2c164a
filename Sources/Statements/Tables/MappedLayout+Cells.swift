import Values

extension MappedLayout {
    func cell(_ cells: [TableCell], _ column: StatementMapping.Column) -> TableCell {
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

    func time(_ cells: [TableCell], _ column: StatementMapping.Column) -> Instant? {
        let cell = cell(cells, column)
        if case .time(let instant) = cell.kind { return instant }
        let text = cell.text.trimmed
        return mapping.dates.lazy.compactMap { $0.parse(text) }.first
    }

    /// The seconds since midnight in the column of the time of day: `9:41:49`, or 94149 as a number. `nil` if it has none,
    /// or what is no time.
    func secondsOfDay(_ cells: [TableCell]) -> Int? {
        let cell = cell(cells, .time)
        if case .time(let instant) = cell.kind {
            return Int(instant.unixSeconds - instant.day.start.unixSeconds)
        }
        let text = cell.text.trimmed
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map { Int($0) }
        let numbers: [Int?] =
            if parts.count > 1 { parts } else if (1...6).contains(text.count), let whole = parts[0] {
                [whole / 10_000, whole / 100 % 100, whole % 100]
            } else { [nil] }
        let known = numbers.compactMap { $0 }
        guard known.count == numbers.count, (2...3).contains(known.count), known.allSatisfy({ (0..<60).contains($0) }),
            known[0] < 24
        else { return nil }
        return known[0] * 3600 + known[1] * 60 + (known.count == 3 ? known[2] : 0)
    }

    func text(_ cells: [TableCell], _ column: StatementMapping.Column) -> String? {
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

    /// The name, account and bank of the other side.
    struct OtherSide {
        var name: String?
        var account: String?
        var bank: String?
    }

    /// - Parameter isCredit: the direction, which says who the other side is where a row names both.
    func otherSide(_ cells: [TableCell], isCredit: Bool) -> OtherSide {
        guard mapping.namesTwoAccounts else {
            var side = OtherSide(
                name: text(cells, .counterpartyName),
                account: text(cells, .counterpartyAccount),
                bank: text(cells, .counterpartyBank)
            )
            if let mark = mapping.accountMark, side.account == nil, let name = side.name,
                let place = name.firstRange(of: mark)
            {
                let left = name[..<place.lowerBound].trimmed
                side.account = name[place.upperBound...].trimmed
                side.name = String(left.trimmingSuffix { " –-".contains($0) })
            }
            return side
        }
        return isCredit
            ? OtherSide(name: text(cells, .fromName), account: text(cells, .fromAccount), bank: text(cells, .fromBank))
            : OtherSide(name: text(cells, .toName), account: text(cells, .toAccount), bank: text(cells, .toBank))
    }
}

extension String {
    /// The text without the characters at its end that satisfy the condition.
    fileprivate func trimmingSuffix(while isDropped: (Character) -> Bool) -> Substring {
        var text = self[...]
        while let last = text.last, isDropped(last) { text.removeLast() }
        return text
    }
}
