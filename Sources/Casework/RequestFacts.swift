public import Values
public import Workflow

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// A payment request in its current state, read under its lock.
public struct RequestFacts: Sendable, Hashable {
    public var id: UUID
    public var reference: String
    public var state: PaymentRequestState
    /// The account that it collects on.
    public var accountNumber: String
    public var amountDue: Money
    /// All money that arrived for it, including any excess.
    public var received: Money
    /// What was posted to revenue for it.
    public var applied: Money
    /// The part of it that refunds have claimed, except rejected ones.
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

    /// What remains to be paid, never below 0. Money that was refunded, or is about to be, does not count as received.
    public var remaining: Money { remaining(of: amountDue) }

    /// What would remain at the price of another channel or day.
    public func remaining(of price: Money) -> Money { max(price - kept, .zero) }

    /// What was received for its fee and is not claimed by a refund.
    public var kept: Money { applied - claimed }
}
