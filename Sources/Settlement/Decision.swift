public import Values
public import Workflow

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// What becomes of a notice; one each.
public enum NoticeOutcome: String, Sendable, Hashable, CaseIterable {
    case settled, partial, overpaid, late
    case unknownReference = "unknown_reference"
    case otherAccount = "other_account"
    case duplicate, conflict
    case notCredit = "not_credit"
}

/// What was decided about one notice.
public struct Decision: Sendable, Hashable {
    public var outcome: NoticeOutcome
    public var reason: Reason
    /// The request that the notice names, if any.
    public var requestID: UUID?
    /// False for a report that was recorded before: nothing of it is written again.
    public var isRecorded = true
    /// The notice that had reported the same before: recorded earlier, or at this place of the batch.
    public var earlier: Earlier?
    /// What goes to revenue for the request.
    public var applied = Money.zero
    /// What goes to the suspense account of the account that received the money.
    public var suspense = Money.zero
    /// Set when the money lies in suspense already, brought there by a line.
    public var line: Facts.EarlierLine?
    /// The payment of a counter that the notice shows: its amount moves from the clearing account to the bank's.
    public var clears: Facts.CounterPayment?
    /// The recoveries that it confirms: all those of a line that paid several requests.
    public var confirmed: [Int64] = []
    /// When the money moved: the reported time, or the time of receipt.
    public var movedAt: Instant
    /// The reported time was not believed.
    public var timeWasReplaced = false
    /// What remained to be paid before this notice, and after it.
    public var remainingBefore = Money.zero
    public var remainingAfter = Money.zero
    /// Nothing remains to be paid with this notice, for the first time.
    public var completes = false

    /// Whether the notice brought money into the books, or to another place of them.
    var bringsMoney: Bool { applied + suspense > .zero || clears != nil }

    /// An earlier report of the same.
    public enum Earlier: Sendable, Hashable {
        case notice(Int64)
        case placeInBatch(Int)
    }

    init(_ outcome: NoticeOutcome, _ reason: Reason, movedAt: Instant) {
        self.outcome = outcome
        self.reason = reason
        self.movedAt = movedAt
    }
}

/// What the rules say of one notice.
public enum Verdict: Sendable, Hashable {
    case decided(Decision)
    /// The request has expired and is within its grace period: whether its price still holds on this day must be found out
    /// first, outside the transaction. Nothing is recorded.
    case needsPrice(Day)

    public var decision: Decision? {
        guard case .decided(let decision) = self else { return nil }
        return decision
    }
}
