import Values

/// Reads the default CSV, incrementally and in bounded memory.
///
/// Columns, in any order: transaction_id, booked_at, value_date, amount (positive = credit), currency,
/// counterparty_name, counterparty_account, memo, balance. The header must contain transaction_id, booked_at, amount,
/// memo and balance. The others may be missing. Unknown columns are ignored if all nine are present; otherwise they are
/// rejected as probable misspellings. counterparty_bank (a BIN, BIC or name) is read if it is present. Only `booked_at` and
/// `amount` must be filled in every row.
///
/// `booked_at` is RFC 3339; without an offset it is Vietnamese time; without a time, midnight. `amount` and `balance`
/// are whole đồng with an optional sign and no separators; `.00` is accepted. Balances, if given, must be consistent
/// with the amounts in the order of the file or in reverse.
public struct DefaultCSVReader {
    /// The columns, in the order in which they are written.
    public static let columns = [
        "transaction_id", "booked_at", "value_date", "amount", "currency", "counterparty_name", "counterparty_account",
        "memo", "balance",
    ]

    /// A column that is read if it is there.
    static let bankColumn = "counterparty_bank"

    private var scanner = CSVScanner()
    private var rows: DefaultCSVRows

    public init(options: StatementOptions = StatementOptions()) { rows = DefaultCSVRows(options) }

    /// Reads the next bytes and passes on the lines they complete. After the first error no more lines are passed on,
    /// but reading continues in order to report further errors. Throws ``StatementRejected`` if continuing is
    /// pointless, and whatever the body throws.
    public mutating func feed(_ bytes: some Collection<UInt8>, line: (StatementLine) throws -> Void) throws {
        try rejecting { scanner, rows in try scanner.feed(bytes) { try rows.take($0, line) } }
        try rows.tally.stopIfHopeless()
    }

    /// Ends the file; throws ``StatementRejected`` if it had any error.
    public mutating func finish(line: (StatementLine) throws -> Void) throws -> StatementSummary {
        try rejecting { scanner, rows in try scanner.finish { try rows.take($0, line) } }
        return try rows.finish()
    }

    private mutating func rejecting(_ body: (inout CSVScanner, inout DefaultCSVRows) throws -> Void) throws {
        do {
            try body(&scanner, &rows)
        } catch let error as CSVError {
            // After a broken quote, fields can no longer be located reliably, so reading ends here.
            rows.tally.fault(error.line, "field \(error.column)", "", error.reason, code: .lineInvalid)
            throw rows.tally.rejected
        }
    }
}
