public import Values

/// A payment that a played bank or gateway tells of.
public struct PlayedPayment: Sendable, Hashable {
    /// The sender's id of the transaction: 1 to 15 digits, which every sender can write.
    public var transactionID: String
    public var amount: Money
    /// The account that got the money.
    public var accountNumber: String
    /// Our reference, where the sender has a field for it.
    public var reference: String
    /// What the payer wrote, of letters, digits, spaces and full stops; senders without such a field leave it out.
    public var memo: String
    public var occurredAt: Instant
    /// The merchant that a gateway says it took the money for.
    public var merchant: String

    public init(
        transactionID: String,
        amount: Money,
        accountNumber: String,
        reference: String,
        memo: String,
        occurredAt: Instant,
        merchant: String = "KHOP"
    ) {
        self.transactionID = transactionID
        self.amount = amount
        self.accountNumber = accountNumber
        self.reference = reference
        self.memo = memo
        self.occurredAt = occurredAt
        self.merchant = merchant
    }
}
