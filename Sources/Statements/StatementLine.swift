public import Values

/// One line of a bank's statement.
public struct StatementLine: Sendable, Hashable {
    /// Where it stands in the file, from 1, rising and unique: the text line of CSV and MT940, the row of a spreadsheet, the
    /// running number of the entry in camt.
    public var lineNumber: Int
    /// The bank's own id of the transaction.
    public var transactionID: String?
    /// When the bank booked it; midnight in Vietnam where the statement tells only the day.
    public var bookedAt: Instant
    public var valueDate: Day?
    /// Positive for a credit, negative for a debit, never 0.
    public var amount: Money
    public var counterpartyName: String?
    public var counterpartyAccount: String?
    /// The bank on the other side, as the statement names it: its BIN, its BIC or its name.
    public var counterpartyBank: String?
    /// What the payer wrote, as the bank passed it on.
    public var memo: String?
    /// The account's balance after the line.
    public var balance: Money?
    /// A creditor reference that the statement carries in a field of its own, as written.
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
