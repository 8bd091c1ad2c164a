public import Values

/// A transfer counts once, whoever reports it: the same account, bank reference and amount.
public struct TransferKey: Sendable, Hashable {
    public let accountNumber: String
    public let bankReference: String
    public let amount: Money

    public init(accountNumber: String, bankReference: String, amount: Money) {
        self.accountNumber = accountNumber
        self.bankReference = bankReference
        self.amount = amount
    }
}
