import Values

extension MappedLayout {
    /// A line, and what it consists of where the bank keeps fees.
    struct Line {
        let line: StatementLine
        let sides: Sides
    }

    /// Reads a row; reports errors and returns `nil` if it is not a valid line.
    mutating func line(_ cells: [TableCell], row: Int, _ tally: inout StatementTally) -> Line? {
        let known = tally.faults.count
        let bookedAt = bookedAt(cells, row: row, &tally)
        let (valueDate, balance) = (time(cells, .valueDate)?.day, amounts.parse(cell(cells, .balance)))
        let (sides, problem) = sides(cells, tally.options)
        if let problem { tally.fault(row, problem.column.rawValue, cell(cells, problem.column).text, problem.reason) }
        check(cells, row: row, hasValueDate: valueDate != nil, hasBalance: balance != nil, &tally)
        guard tally.faults.count == known, !tally.hasMoreFaults, let bookedAt, let sides else { return nil }
        lastTime = bookedAt
        let other = otherSide(cells, isCredit: sides.amount > .zero)
        return Line(
            line: StatementLine(
                lineNumber: row,
                transactionID: text(cells, .transactionID),
                bookedAt: bookedAt,
                valueDate: valueDate,
                amount: sides.amount,
                counterpartyName: other.name,
                counterpartyAccount: other.account,
                memo: text(cells, .memo),
                balance: balance,
                counterpartyBank: other.bank
            ),
            sides: sides
        )
    }

    private func bookedAt(_ cells: [TableCell], row: Int, _ tally: inout StatementTally) -> Instant? {
        let cell = cell(cells, .bookedAt)
        if cell.isEmpty, mapping.fillsDates, text(cells, .transactionID) != nil || text(cells, .memo) != nil,
            let lastTime
        {
            return lastTime
        }
        guard let day = time(cells, .bookedAt) else {
            tally.fault(
                row,
                StatementMapping.Column.bookedAt.rawValue,
                cell.text,
                Phrase(
                    vi: "không phải là thời điểm có thật theo dạng nào của mẫu này",
                    en: "is not a time that exists in any form of this layout"
                )
            )
            return nil
        }
        let time = self.cell(cells, .time)
        guard !time.isEmpty else { return day }
        guard let seconds = secondsOfDay(cells) else {
            tally.fault(
                row,
                StatementMapping.Column.time.rawValue,
                time.text,
                Phrase(vi: "không phải là giờ trong ngày", en: "is not a time of the day")
            )
            return nil
        }
        return day.day.start.adding(seconds: Int64(seconds))
    }

    /// Reports what is wrong with the columns beside time and amount.
    private func check(
        _ cells: [TableCell],
        row: Int,
        hasValueDate: Bool,
        hasBalance: Bool,
        _ tally: inout StatementTally
    ) {
        func fault(_ column: StatementMapping.Column, _ reason: Phrase) {
            tally.fault(row, column.rawValue, cell(cells, column).text, reason)
        }
        if !hasValueDate, !cell(cells, .valueDate).isEmpty {
            fault(
                .valueDate,
                Phrase(
                    vi: "không phải là ngày có thật theo dạng nào của mẫu này",
                    en: "is not a day that exists in any form of this layout"
                )
            )
        }
        if !hasBalance, !cell(cells, .balance).isEmpty {
            fault(.balance, Phrase(vi: "không phải là số đồng nguyên", en: "is not a whole number of đồng"))
        }
        if mapping.columns[.account] != nil, text(cells, .account) == nil {
            fault(
                .account,
                Phrase(vi: "còn trống: dòng này của tài khoản nào?", en: "is empty: of which account is the line?")
            )
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
            (.counterpartyBank, StatementText.counterpartyBank), (.fromName, StatementText.counterpartyName),
            (.toName, StatementText.counterpartyName), (.fromAccount, StatementText.counterpartyAccount),
            (.toAccount, StatementText.counterpartyAccount), (.fromBank, StatementText.counterpartyBank),
            (.toBank, StatementText.counterpartyBank),
        ]
        for (column, limit) in limits
        where cell(cells, column).text.utf8.count > limit && (text(cells, column)?.unicodeScalars.count ?? 0) > limit {
            fault(column, Phrase(vi: "có hơn \(limit) ký tự", en: "has more than \(limit) characters"))
        }
    }
}
