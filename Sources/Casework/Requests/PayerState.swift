public import Values
public import Workflow

/// What the payer of a request is told: where the money stands, and what is left to do.
public enum PayerState: String, Sendable, Hashable, CaseIterable {
    /// Nothing has arrived; the whole amount is asked for.
    case waiting
    /// A part has arrived; the rest is asked for.
    case partPaid = "part_paid"
    /// Everything has arrived.
    case paid
    /// Nothing was ever due: by exemption, or because there is no price.
    case free
    /// More has arrived than was due, and the rest goes back.
    case tooMuch = "too_much"
    /// Money arrived that did not count for the request, which is not paid: too late, on another account, or for what had
    /// been paid by another code. It is held.
    case late
    /// The time ran out before anything arrived: a fresh price can be asked for.
    case expired
    /// The time ran out after a part arrived, which is held.
    case expiredInPart = "expired_in_part"
    /// Withdrawn; nothing was received.
    case cancelled
    /// Money of the fee is on its way back, but has not been seen to leave the bank.
    case goingBack = "going_back"
    /// A part of the fee has left the bank.
    case partlyGivenBack = "partly_given_back"
    /// Everything has left the bank.
    case givenBack = "given_back"

    /// What the decision is based on.
    public struct Facts: Sendable, Hashable {
        /// At the moment: a request is expired from the instant its time runs out.
        public var status: PaymentRequestState
        public var due: Money
        /// What was received towards the amount due and has not gone back.
        public var kept: Money
        /// What was received beyond the amount due and has not gone back.
        public var excess: Money
        /// The part of the fee that refunds have claimed.
        public var feeClaimed: Money
        /// What arrived for it but did not count, and waits for a decision.
        public var held: Money
        /// The states of its refunds, without those that were rejected.
        public var refunds: [RefundState]

        public init(
            status: PaymentRequestState,
            due: Money,
            kept: Money,
            excess: Money = .zero,
            feeClaimed: Money = .zero,
            held: Money = .zero,
            refunds: [RefundState] = []
        ) {
            (self.status, self.due, self.kept, self.excess) = (status, due, kept, excess)
            (self.feeClaimed, self.held, self.refunds) = (feeClaimed, held, refunds)
        }
    }

    /// Of a request that is not paid, money that is held is told first, whatever else is true: nobody who is told "expired"
    /// looks further, and nobody is asked for what they have sent.
    public static func decide(_ facts: Facts) -> PayerState {
        guard facts.held == .zero || facts.status.wasPaid else { return .late }
        let isOnItsWay = facts.refunds.contains { $0 != .settled }
        switch facts.status {
        case .pending: return facts.kept > .zero ? .partPaid : .waiting
        case .expired:
            if isOnItsWay { return .goingBack }
            return facts.kept > .zero ? .expiredInPart : .expired
        case .paid:
            if facts.excess > .zero { return .tooMuch }
            if facts.due == .zero { return .free }
            return isOnItsWay && facts.feeClaimed > .zero ? .goingBack : .paid
        case .cancelled:
            if facts.refunds.isEmpty { return .cancelled }
            return isOnItsWay ? .goingBack : .givenBack
        case .partiallyRefunded: return isOnItsWay ? .goingBack : .partlyGivenBack
        case .refunded: return isOnItsWay ? .goingBack : .givenBack
        }
    }

    /// Whether the page asks for money.
    public var asksForMoney: Bool { self == .waiting || self == .partPaid }
}
