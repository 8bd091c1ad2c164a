import Values

/// Reads the default CSV, piece by piece, in bounded memory.
///
/// Columns, in any order: transaction_id, booked_at, value_date, amount (positive = credit), currency, counterparty_name,
/// counterparty_account, memo, balance; and counterparty_bank (its BIN, BIC or name), if it is there. The columns transaction_id, booked_at, amount, memo and balance must stand in the
/// header; the others may be missing, and while all nine stand there further ones are passed over (else an unknown column
/// is taken for a misspelt one and refused). Only `booked_at` and `amount` must be filled in every row.
///
/// `booked_at` is RFC 3339; without an offset it is Vietnamese time; without a time, midnight. `amount` and `balance` are
/// whole đồng with an optional sign, no separators; a fraction of zeros is let pass. Balances, where given, must follow from
/// one another in the order of the file or against it.
public struct DefaultCSVReader {
    /// The columns, in the order they are written.
    public static let columns = [
        "transaction_id", "booked_at", "value_date", "amount", "currency", "counterparty_name", "counterparty_account",
        "memo", "balance",
    ]

    /// A column that is read if it is there.
    static let bankColumn = "counterparty_bank"

    private var scanner = CSVScanner()
    private var rows: DefaultCSVRows

    public init(options: StatementOptions = StatementOptions()) { rows = DefaultCSVRows(options) }

    /// Takes the next bytes and hands out the lines they complete. After the first fault no more lines are handed out;
    /// reading goes on, to name the other faults. Throws ``StatementRejected`` where reading on is of no use, and whatever
    /// the body throws.
    public mutating func feed(_ bytes: some Collection<UInt8>, line: (StatementLine) throws -> Void) throws {
        try rejecting { scanner, rows in try scanner.feed(bytes) { try rows.take($0, line) } }
        try rows.tally.stopIfHopeless()
    }

    /// Ends the file; throws ``StatementRejected`` where anything was wrong with it.
    public mutating func finish(line: (StatementLine) throws -> Void) throws -> StatementSummary {
        try rejecting { scanner, rows in try scanner.finish { try rows.take($0, line) } }
        return try rows.finish()
    }

    private mutating func rejecting(_ body: (inout CSVScanner, inout DefaultCSVRows) throws -> Void) throws {
        do {
            try body(&scanner, &rows)
        } catch let error as CSVError {
            // Nothing after a broken quote can be trusted to be where it seems, so reading ends here.
            rows.tally.fault(error.line, "field \(error.column)", "", error.reason)
            throw rows.tally.rejected
        }
    }
}
