public import Values
public import Workflow

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// What was decided about one notice.
public struct Decision: Sendable, Hashable {
    public var outcome: NoticeOutcome
    public var reason: Reason
    /// The request that the notice names, if any.
    public var requestID: UUID?
    /// False for a report that is already recorded and is not written again.
    public var isRecorded = true
    /// The notice that reported the same before: one recorded earlier, or the one at this position in the batch.
    public var earlier: Earlier?
    /// The basket that the notice names, if it names no request.
    public var basketID: UUID?
    /// The amount posted to revenue for the request, or for the requests of the basket.
    public var applied = Money.zero
    /// What it pays of each request of the basket, in their order: together ``applied``.
    public var parts: [Part] = []
    /// The amount posted to the suspense account of the account that received the money.
    public var suspense = Money.zero
    /// Set if a line has already brought the money to suspense.
    public var line: Facts.EarlierLine?
    /// The counter payment that the notice confirms: its amount moves from the clearing account to the bank account.
    public var clears: Facts.CounterPayment?
    /// The recoveries that it confirms; several if one line paid several requests.
    public var confirmed: [Int64] = []
    /// When the money moved: the reported time, or the time of receipt.
    public var movedAt: Instant
    /// Whether the reported time was not credible.
    public var timeWasReplaced = false
    /// What remained to be paid before this notice, and after it.
    public var remainingBefore = Money.zero
    public var remainingAfter = Money.zero
    /// What the request has received with this notice and those before it, less what went back.
    public var receivedAfter = Money.zero
    /// The reference of the request that it pays in part; `nil` for all else.
    public var shortReference: String?
    /// Whether this notice is the one after which nothing remains to be paid.
    public var completes = false
    /// Requests made in the place of what it pays, which end.
    public var ended: [EndedRenewal] = []

    /// Whether the notice brings money into the books or moves it within them.
    var bringsMoney: Bool { applied + suspense > .zero || clears != nil }

    /// An earlier report of the same payment.
    public enum Earlier: Sendable, Hashable {
        case notice(Int64)
        case placeInBatch(Int)
    }

    /// An unpaid request that ends because the one whose place it took is paid after all.
    public struct EndedRenewal: Sendable, Hashable {
        public let id: UUID
        public let reference: String
        /// The reference of the request that is paid.
        public let former: String

        public init(id: UUID, reference: String, former: String) {
            (self.id, self.reference, self.former) = (id, reference, former)
        }
    }

    /// What money pays of one request of a basket.
    public struct Part: Sendable, Hashable {
        public let requestID: UUID
        public let reference: String
        /// The request's place in the basket, from 1.
        public let place: Int
        public let amount: Money
        /// What the request has received with it and before it, less what went back.
        public let received: Money
        /// What remains of the request afterwards.
        public let remaining: Money

        /// Whether nothing remains to be paid of the request.
        public var completes: Bool { remaining == .zero }
    }

    init(_ outcome: NoticeOutcome, _ reason: Reason, movedAt: Instant) {
        self.outcome = outcome
        self.reason = reason
        self.movedAt = movedAt
    }
}
