import Values

/// Reads the default CSV, piece by piece, in bounded memory.
///
/// Columns: transaction_id, booked_at, value_date, amount (positive = credit), currency, counterparty_name,
/// counterparty_account, memo, balance; in any order. `booked_at` and `amount` must be filled; a time without an offset is
/// Vietnamese. Balances, where given, must follow from one another in the order of the file or against it.
public struct DefaultCSVReader {
    public static let columns = [
        "transaction_id", "booked_at", "value_date", "amount", "currency", "counterparty_name", "counterparty_account",
        "memo", "balance",
    ]

    private var reader = CSVReader()
    private var rows = DefaultCSVRows()

    public init() {}

    /// Takes the next bytes and hands out the lines they complete. After the first fault no more lines are handed out;
    /// reading goes on, to name the other faults.
    public mutating func feed(_ bytes: some Collection<UInt8>, line: (StatementLine) throws -> Void) throws {
        try rejecting { reader, rows in try reader.feed(bytes) { try rows.take($0, line) } }
    }

    /// Ends the file; throws ``StatementRejected`` where anything was wrong with it.
    public mutating func finish(line: (StatementLine) throws -> Void) throws -> StatementSummary {
        try rejecting { reader, rows in try reader.finish { try rows.take($0, line) } }
        return try rows.finish()
    }

    private mutating func rejecting(_ body: (inout CSVReader, inout DefaultCSVRows) throws -> Void) throws {
        do {
            try body(&reader, &rows)
        } catch let error as CSVError {
            // Nothing after a broken quote can be trusted to be where it seems, so reading ends here.
            let fault = StatementFault(
                line: error.line, field: "field \(error.column)", value: "", reason: error.reason)
            throw StatementRejected(faults: rows.faults + [fault])
        }
    }
}

/// Rows to lines, with every fault of the file up to a bound.
private struct DefaultCSVRows {
    var faults: [StatementFault] = []
    private var hasMore = false
    private var columns: [String: Int]?
    private var width = 0
    private var summary = StatementSummary()
    private var balances = BalanceCheck()

    mutating func take(_ row: CSVRow, _ emit: (StatementLine) throws -> Void) throws {
        guard let columns else { return header(row) }
        guard !columns.isEmpty else { return }
        guard row.fields.count == width else {
            return fault(
                row.line, "", "", "has \(row.fields.count) fields where the header has \(width): is a quote or a comma missing?")
        }
        guard let line = line(row, columns), faults.isEmpty else { return }
        summary.add(line)
        if let broken = balances.add(line) { return fault(line.lineNumber, "balance", line.balance?.description ?? "", broken) }
        try emit(line)
    }

    mutating func finish() throws -> StatementSummary {
        if columns == nil { fault(1, "", "", "is empty: the first line must name the columns") }
        if faults.isEmpty { (summary.openingBalance, summary.closingBalance) = balances.ends }
        summary.isNewestFirst = balances.isNewestFirst
        guard faults.isEmpty else { throw StatementRejected(faults: faults, hasMore: hasMore) }
        return summary
    }

    private mutating func fault(_ line: Int, _ field: String, _ value: String, _ reason: String) {
        guard faults.count < StatementRejected.maximumFaults else {
            hasMore = true
            return
        }
        faults.append(StatementFault(line: line, field: field, value: value, reason: reason))
    }

    private mutating func header(_ row: CSVRow) {
        var found: [String: Int] = [:]
        for (index, field) in row.fields.enumerated() {
            let name = field.split(separator: " ").joined(separator: " ").lowercased()
            if found.updateValue(index, forKey: name) != nil { fault(row.line, name, "", "the column stands twice") }
        }
        for name in DefaultCSVReader.columns where found[name] == nil {
            fault(row.line, name, "", "the column is missing: the header must name \(DefaultCSVReader.columns.joined(separator: ","))")
        }
        width = row.fields.count
        columns = faults.isEmpty ? found : [:]
    }

    private mutating func line(_ row: CSVRow, _ columns: [String: Int]) -> StatementLine? {
        func field(_ name: String) -> String {
            // Every column stands in the header, or no row would have been read.
            var text = row.fields[columns[name]!][...]
            while text.first == " " { text.removeFirst() }
            while text.last == " " { text.removeLast() }
            return String(text)
        }
        func optional(_ name: String) -> String? { field(name).isEmpty ? nil : field(name) }
        let before = faults.count
        let bookedAt = StatementTime.parse(field("booked_at"))
        if bookedAt == nil {
            fault(row.line, "booked_at", field("booked_at"), "is no time that exists: write 2026-11-21T09:30:00+07:00 or 2026-11-21 09:30:00")
        }
        let amount = StatementAmount.parse(field("amount"))
        if amount == nil || amount == .zero {
            fault(row.line, "amount", field("amount"), "must be whole đồng, not 0, positive for a credit, without separators")
        }
        let valueDate = optional("value_date").flatMap { Day($0) }
        if optional("value_date") != nil, valueDate == nil {
            fault(row.line, "value_date", field("value_date"), "is no day that exists: write it as YYYY-MM-DD")
        }
        if let currency = optional("currency"), currency != "VND" {
            fault(row.line, "currency", currency, "must be VND: other currencies are not booked here")
        }
        let balance = optional("balance").flatMap(StatementAmount.parse)
        if optional("balance") != nil, balance == nil {
            fault(row.line, "balance", field("balance"), "must be whole đồng, without separators")
        }
        for (name, limit) in [("transaction_id", 100), ("counterparty_name", 500), ("counterparty_account", 100), ("memo", 2000)]
        where field(name).unicodeScalars.count > limit {
            fault(row.line, name, field(name), "has more than \(limit) characters")
        }
        guard faults.count == before, let bookedAt, let amount else { return nil }
        return StatementLine(
            lineNumber: row.line, transactionID: optional("transaction_id"), bookedAt: bookedAt, valueDate: valueDate,
            amount: amount, counterpartyName: optional("counterparty_name"),
            counterpartyAccount: optional("counterparty_account"), memo: optional("memo"), balance: balance)
    }
}
