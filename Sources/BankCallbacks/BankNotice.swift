import Cryptography
public import Values

/// A notice from a bank or gateway, verified to come from it.
public struct BankNotice: Sendable, Hashable {
    /// The provider's id of the transaction, unique among those that the provider gave to one merchant.
    public var transactionID: String
    /// Always positive for a credit; may be 0 for a failed payment.
    public var amount: Money
    public var accountNumber: String?
    public var isCredit: Bool
    public var isSuccess: Bool
    public var occurredAt: Instant?
    public var reference: String?
    public var memo: String?
    /// The bank's own id of the transfer, if a gateway reports it in addition to its own.
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

    /// SHA-256 over the meaning of the notice, not its encoding: a retry with a new timestamp, a different order of
    /// members or different white space has the same hash; a different amount, account, reference, memo, direction or
    /// status does not.
    ///
    /// The time of the transfer is left out, because some banks write a new one in every retry; the transaction's id
    /// and amount identify the money.
    public var contentHash: [UInt8] {
        var text: [UInt8] = []
        for part in [
            amount.description, accountNumber, isCredit ? "credit" : "debit", isSuccess ? "success" : "failed",
            reference, memo, bankReference,
        ] {
            // Each part is preceded by its length, so that bytes cannot be shifted between neighbouring parts.
            let bytes = Array((part ?? "").utf8)
            text.append(contentsOf: "\(part == nil ? -1 : bytes.count):".utf8)
            text.append(contentsOf: bytes)
        }
        return SHA256.hash(text)
    }
}
