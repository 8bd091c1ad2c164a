public import Values

/// One line of a bank's statement.
public struct StatementLine: Sendable, Hashable {
    /// The line's position in the file, from 1, increasing and unique: the text line in CSV and MT940, the row in a
    /// spreadsheet, the running number of the entry in camt.
    public var lineNumber: Int
    /// The bank's own id of the transaction.
    public var transactionID: String?
    /// When the bank booked the line; midnight in Vietnam if the statement states only the day.
    public var bookedAt: Instant
    public var valueDate: Day?
    /// Positive for a credit, negative for a debit, never 0.
    public var amount: Money
    public var counterpartyName: String?
    public var counterpartyAccount: String?
    /// The bank on the other side, as the statement names it: its BIN, its BIC or its name.
    public var counterpartyBank: String?
    /// The payer's text, as passed on by the bank.
    public var memo: String?
    /// The account's balance after the line.
    public var balance: Money?
    /// The creditor reference from a separate field of the statement, as written there.
    public var structuredReference: String?

    public init(
        lineNumber: Int,
        transactionID: String?,
        bookedAt: Instant,
        valueDate: Day?,
        amount: Money,
        counterpartyName: String?,
        counterpartyAccount: String?,
        memo: String?,
        balance: Money?,
        structuredReference: String? = nil,
        counterpartyBank: String? = nil
    ) {
        self.lineNumber = lineNumber
        self.transactionID = transactionID
        self.bookedAt = bookedAt
        self.valueDate = valueDate
        self.amount = amount
        self.counterpartyName = counterpartyName
        self.counterpartyAccount = counterpartyAccount
        self.memo = memo
        self.balance = balance
        self.structuredReference = structuredReference
        self.counterpartyBank = counterpartyBank
    }
}
