public import Values
public import Workflow

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// A payment request as it stands, read under its lock.
public struct RequestFacts: Sendable, Hashable {
    public var id: UUID
    public var reference: String
    public var state: PaymentRequestState
    /// The account that it collects on.
    public var accountNumber: String
    public var amountDue: Money
    /// All money that arrived for it, the excess included.
    public var received: Money
    /// What was posted to revenue for it.
    public var applied: Money
    /// What refunds that were not rejected have claimed of that.
    public var claimed: Money
    public var expiresAt: Instant

    public init(
        id: UUID,
        reference: String,
        state: PaymentRequestState,
        accountNumber: String,
        amountDue: Money,
        received: Money,
        applied: Money,
        claimed: Money,
        expiresAt: Instant
    ) {
        self.id = id
        self.reference = reference
        self.state = state
        self.accountNumber = accountNumber
        self.amountDue = amountDue
        self.received = received
        self.applied = applied
        self.claimed = claimed
        self.expiresAt = expiresAt
    }

    /// What remains to be paid: money that was refunded, or is about to be, has not been received. Never below 0.
    public var remaining: Money { remaining(of: amountDue) }

    /// What would remain at another price, by another channel or on another day.
    public func remaining(of price: Money) -> Money { max(price - kept, .zero) }

    /// What was received for its fee and no refund has claimed.
    public var kept: Money { applied - claimed }
}
