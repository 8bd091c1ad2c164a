public import Values
public import Workflow

/// The part of a verified report of money that deciding about it needs.
public struct Notice: Sendable, Hashable {
    /// Who reports.
    public enum Source: String, Sendable, Hashable {
        /// A bank or gateway, by its signed callback.
        case callback
        /// A line of a statement that no callback had reported.
        case statement
        /// A cashier at a counter.
        case counter
        /// Two persons who decided about money in suspense.
        case person = "case"

        /// How a request counts as settled if such a notice completes it.
        public var settles: SettledBy {
            switch self {
            case .callback: .notice
            case .statement: .statement
            case .counter: .counter
            case .person: .caseDecision
            }
        }
    }

    public var source: Source
    /// Who gives out the ids of a callback's transactions; otherwise `nil`. Several connections may have one issuer.
    public var issuerID: Int32?
    /// The provider's id of the report, unique within its issuer.
    public var transactionID: String
    /// SHA-256 of what the provider said, independent of its encoding.
    public var contentHash: [UInt8]
    /// False for a failure or a debit, which is recorded and posts nothing.
    public var isCredit: Bool
    public var amount: Money
    /// The account that received the money.
    public var accountNumber: String
    /// The bank's own id of the transfer, which identifies two reports of one transfer.
    public var bankReference: String
    /// The references found in the report, in order; the first one that exists counts.
    public var references: [String]
    /// When the money moved, according to the source.
    public var occurredAt: Instant
    /// Whether an expired request would still cost the same on the day the money moved; `nil` if that was not looked
    /// up.
    public var priceHolds: Bool?
    /// The requests of a basket that would not, by reference; empty if that was not looked up.
    public var changedPrices: Set<String> = []

    public init(
        source: Source,
        issuerID: Int32? = nil,
        transactionID: String,
        contentHash: [UInt8],
        isCredit: Bool = true,
        amount: Money,
        accountNumber: String,
        bankReference: String,
        references: [String],
        occurredAt: Instant,
        priceHolds: Bool? = nil
    ) {
        self.source = source
        self.issuerID = issuerID
        self.transactionID = transactionID
        self.contentHash = contentHash
        self.isCredit = isCredit
        self.amount = amount
        self.accountNumber = accountNumber
        self.bankReference = bankReference
        self.references = references
        self.occurredAt = occurredAt
        self.priceHolds = priceHolds
    }

    /// What identifies the report.
    public var report: ReportKey { ReportKey(issuerID: issuerID, transactionID: transactionID) }
    /// What identifies the transfer.
    public var transfer: TransferKey {
        TransferKey(accountNumber: accountNumber, bankReference: bankReference, amount: amount)
    }
}
