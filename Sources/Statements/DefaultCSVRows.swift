import Values

/// Converts rows of the default CSV into statement lines.
struct DefaultCSVRows {
    private enum Column: Int, CaseIterable {
        case transactionID, bookedAt, valueDate, amount, currency, counterpartyName, counterpartyAccount, memo, balance,
            counterpartyBank

        var name: String {
            self == .counterpartyBank ? DefaultCSVReader.bankColumn : DefaultCSVReader.columns[rawValue]
        }
        var isRequired: Bool { [.transactionID, .bookedAt, .amount, .memo, .balance].contains(self) }
    }

    var tally: StatementTally
    /// The position of each column in a row; `nil` before the header has been read.
    private var positions: [Int?]?
    private var width = 0
    private var headerIsBroken = false

    init(_ options: StatementOptions) { tally = StatementTally(options) }

    mutating func take(_ row: CSVRowBytes, _ emit: (StatementLine) throws -> Void) throws {
        guard let positions else { return header(row) }
        if headerIsBroken { return }
        guard row.count == width else {
            tally.fault(
                row.line,
                "",
                "",
                Phrase(
                    vi:
                        "có \(row.count) trường trong khi dòng tiêu đề có \(width): có thiếu dấu nháy hoặc dấu phẩy không?",
                    en: "has \(row.count) fields but the header has \(width): is a quote or a comma missing?"
                )
            )
            return tally.loseLine()
        }
        guard let line = line(row, positions) else { return tally.loseLine() }
        try tally.take(line, emit)
    }

    mutating func finish() throws -> StatementSummary {
        if positions == nil {
            tally.fault(
                1,
                "",
                "",
                Phrase(
                    vi: "đang trống: dòng đầu phải nêu tên các cột",
                    en: "is empty: the first line must name the columns"
                )
            )
        }
        return try tally.finish()
    }

    private mutating func header(_ row: CSVRowBytes) {
        var found = [Int?](repeating: nil, count: Column.allCases.count)
        var unknown: [String] = []
        for (index, field) in row.fields.enumerated() {
            let name = field.split(separator: " ").joined(separator: " ").lowercased()
            guard let column = Column.allCases.first(where: { $0.name == name }) else {
                unknown.append(field)
                continue
            }
            if found[column.rawValue] != nil {
                let reason = Phrase(vi: "cột có hai lần", en: "the column stands twice")
                tally.fault(row.line, name, "", reason, code: .fieldInvalid)
            }
            found[column.rawValue] = index
        }
        let all = DefaultCSVReader.columns.joined(separator: ",")
        for column in Column.allCases where found[column.rawValue] == nil && column.isRequired {
            tally.fault(
                row.line,
                column.name,
                "",
                Phrase(
                    vi: "thiếu cột này: dòng tiêu đề phải có \(all)",
                    en: "the column is missing: the header must name \(all)"
                )
            )
        }
        if found.prefix(DefaultCSVReader.columns.count).contains(nil) {
            for field in unknown {
                tally.fault(
                    row.line,
                    field,
                    "",
                    Phrase(
                        vi: "là cột không biết, trong khi thiếu cột khác: các cột là \(all)",
                        en: "is an unknown column while others are missing: the columns are \(all)"
                    ),
                    code: .fieldInvalid
                )
            }
        }
        width = row.count
        positions = found
        headerIsBroken = !tally.faults.isEmpty
    }

    private mutating func line(_ row: CSVRowBytes, _ positions: [Int?]) -> StatementLine? {
        func range(_ column: Column) -> Range<Int> {
            guard let position = positions[column.rawValue] else { return 0..<0 }
            return row.trimmedRange(position)
        }
        func bytes(_ column: Column) -> ArraySlice<UInt8> { row.bytes[range(column)] }
        func text(_ column: Column) -> String? {
            let range = range(column)
            return range.isEmpty ? nil : row.string(range)
        }
        let known = tally.faults.count
        func fault(_ column: Column, _ reason: Phrase) {
            tally.fault(row.line, column.name, text(column) ?? "", reason)
        }
        let bookedAt = StatementTime.parse(bytes(.bookedAt))
        if bookedAt == nil {
            fault(.bookedAt, .noTime)
        }
        let currency = currency(bytes(.currency))
        let exponent = StatementAmount.exponent(of: currency)
        let amount = StatementAmount.parse(bytes(.amount), exponent: exponent)
        if amount.map(StatementAmount.isTransfer) != true {
            fault(.amount, .noAmount)
        }
        let valueDate = StatementTime.day(bytes(.valueDate))
        if valueDate == nil, !range(.valueDate).isEmpty {
            fault(.valueDate, .noDay)
        }
        if let accepted = tally.options.acceptedCurrency, currency != accepted {
            fault(.currency, .notAccepted(accepted))
        } else if let before = tally.summary.currency, before != currency {
            fault(.currency, .otherCurrency(before))
        }
        let balance = StatementAmount.parse(bytes(.balance), exponent: exponent)
        if balance == nil, !range(.balance).isEmpty {
            fault(.balance, .noBalance)
        }
        for (column, limit) in TextLimit.columns where range(column).count > limit {
            if let text = text(column), text.unicodeScalars.count > limit {
                fault(column, .tooLong(limit))
            }
        }
        guard tally.faults.count == known, !tally.hasMoreFaults, let bookedAt, let amount else { return nil }
        tally.summary.currency = currency
        return StatementLine(
            lineNumber: row.line,
            transactionID: text(.transactionID),
            bookedAt: bookedAt,
            valueDate: valueDate,
            amount: amount,
            counterpartyName: text(.counterpartyName),
            counterpartyAccount: text(.counterpartyAccount),
            memo: text(.memo),
            balance: balance,
            counterpartyBank: text(.counterpartyBank)
        )
    }

    /// The row's currency; reuses the previous row's string if equal; the accepted currency if the cell is empty.
    private func currency(_ bytes: ArraySlice<UInt8>) -> String {
        if let known = tally.summary.currency, known.utf8.elementsEqual(bytes) { return known }
        return bytes.isEmpty ? tally.options.acceptedCurrency ?? "VND" : String(decoding: bytes, as: UTF8.self)
    }

    private enum TextLimit {
        static let columns: [(Column, Int)] = [
            (.transactionID, StatementText.transactionID), (.counterpartyName, StatementText.counterpartyName),
            (.counterpartyAccount, StatementText.counterpartyAccount), (.memo, StatementText.memo),
            (.counterpartyBank, StatementText.counterpartyBank),
        ]
    }
}

/// Errors in a cell.
extension Phrase {
    fileprivate static let noTime = Phrase(
        vi: "không phải là thời điểm có thật: viết 2026-11-21T09:30:00+07:00 hoặc 2026-11-21 09:30:00",
        en: "is not a time that exists: write 2026-11-21T09:30:00+07:00 or 2026-11-21 09:30:00"
    )
    fileprivate static let noAmount = Phrase(
        vi: "phải là số đồng nguyên, dương nếu ghi có, khác 0, tối đa \(Money.maximum), không có dấu phân cách",
        en: "must be whole đồng, positive for a credit, not 0, at most \(Money.maximum), without separators"
    )
    fileprivate static let noDay = Phrase(
        vi: "không phải là ngày có thật: viết YYYY-MM-DD",
        en: "is not a day that exists: write YYYY-MM-DD"
    )
    fileprivate static func notAccepted(_ accepted: String) -> Phrase {
        Phrase(
            vi: "phải là \(accepted): hệ thống không hạch toán loại tiền khác",
            en: "must be \(accepted): other currencies are not booked here"
        )
    }
    fileprivate static func otherCurrency(_ before: String) -> Phrase {
        Phrase(
            vi: "khác loại tiền của các dòng trước, \(before)",
            en: "is not the currency of the lines before, \(before)"
        )
    }
    fileprivate static let noBalance = Phrase(
        vi: "phải là số đồng nguyên, không có dấu phân cách",
        en: "must be whole đồng, without separators"
    )
    fileprivate static func tooLong(_ limit: Int) -> Phrase {
        Phrase(vi: "có hơn \(limit) ký tự", en: "has more than \(limit) characters")
    }
}
