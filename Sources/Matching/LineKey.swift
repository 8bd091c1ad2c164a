public import Values

/// Two lines of an account with the same key show one transfer.
public struct LineKey: Sendable, Hashable {
    public let transactionID: String
    public let amount: Money

    public init(transactionID: String, amount: Money) {
        self.transactionID = transactionID
        self.amount = amount
    }
}
