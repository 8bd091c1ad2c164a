public import Values
public import Workflow

/// A request that is to be paid together with others, or is.
public struct BasketMember: Sendable, Hashable {
    public var reference: String
    /// At the moment: a request is expired from the instant its time runs out.
    public var state: PaymentRequestState
    public var bankBIN: String
    public var accountNumber: String
    /// Whether a code is shown for it: cash and cards are paid at a counter.
    public var hasCode: Bool
    /// Its channel, as the API names it.
    public var channel: String
    public var amountDue: Money
    /// What remains to be paid, never below 0.
    public var remaining: Money
    public var expiresAt: Instant
    /// The reference of another basket that is open and has it.
    public var openBasket: String?

    public init(
        reference: String,
        state: PaymentRequestState,
        bankBIN: String,
        accountNumber: String,
        hasCode: Bool,
        channel: String,
        amountDue: Money,
        remaining: Money,
        expiresAt: Instant,
        openBasket: String? = nil
    ) {
        self.reference = reference
        self.state = state
        self.bankBIN = bankBIN
        self.accountNumber = accountNumber
        self.hasCode = hasCode
        self.channel = channel
        self.amountDue = amountDue
        self.remaining = remaining
        self.expiresAt = expiresAt
        self.openBasket = openBasket
    }

    /// Whether the basket's code asks for it.
    public var waits: Bool { state == .pending && remaining > .zero }
}
