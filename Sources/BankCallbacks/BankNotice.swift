import Cryptography
public import Values

/// What a bank or gateway told us, proved to come from it.
public struct BankNotice: Sendable, Hashable {
    /// The provider's id of the transaction; together with the connection it makes a notice unique.
    public var transactionID: String
    /// Always positive for a credit; a failure may report 0.
    public var amount: Money
    public var accountNumber: String?
    public var isCredit: Bool
    public var isSuccess: Bool
    public var occurredAt: Instant?
    public var reference: String?
    public var memo: String?
    /// The bank's own id of the transfer, where a gateway tells it beside its own.
    public var bankReference: String?
    /// The merchant that the gateway took the money for, if its messages name one; see ``CallbackProfile/merchantField``.
    public var merchant: String?

    public init(
        transactionID: String,
        amount: Money,
        accountNumber: String? = nil,
        isCredit: Bool = true,
        isSuccess: Bool = true,
        occurredAt: Instant? = nil,
        reference: String? = nil,
        memo: String? = nil,
        bankReference: String? = nil,
        merchant: String? = nil
    ) {
        self.transactionID = transactionID
        self.amount = amount
        self.accountNumber = accountNumber
        self.isCredit = isCredit
        self.isSuccess = isSuccess
        self.occurredAt = occurredAt
        self.reference = reference
        self.memo = memo
        self.bankReference = bankReference
        self.merchant = merchant
    }

    /// SHA-256 over what was said, not how it was packed: a retry with a new timestamp, another order of members or other
    /// white space has the same hash; another amount, account, reference, memo, direction or status has not.
    ///
    /// The time of the transfer is left out: some banks stamp every retry anew, and the transaction's id and amount are
    /// what makes it the same money.
    public var contentHash: [UInt8] {
        var text: [UInt8] = []
        for part in [
            amount.description, accountNumber, isCredit ? "credit" : "debit", isSuccess ? "success" : "failed",
            reference, memo, bankReference,
        ] {
            // The length before each part keeps two neighbours from passing for one another.
            let bytes = Array((part ?? "").utf8)
            text.append(contentsOf: "\(part == nil ? -1 : bytes.count):".utf8)
            text.append(contentsOf: bytes)
        }
        return SHA256.hash(text)
    }
}

/// What a verified message holds.
public enum CallbackContent: Sendable, Hashable {
    case notice(BankNotice)
    /// Well signed, and about no payment: the test a provider sends when a webhook is set up.
    case probe
}
