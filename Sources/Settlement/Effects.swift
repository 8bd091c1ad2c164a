public import Values
public import Workflow

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// What the decisions on a batch write in addition to the notices. Places are positions in the batch.
public struct Effects: Sendable, Hashable {
    public var postings: [Posting] = []
    public var requests: [RequestChange] = []
    public var openedCases: [OpenedCase] = []
    /// Requests whose `underpaid` case ends because nothing remains.
    public var paidInFull: [UUID] = []
    /// Counter payments that the bank has confirmed.
    public var cleared: [Cleared] = []
    /// Lines whose money in suspense now pays a request.
    public var usedLines: [UsedLine] = []
    /// Unpaid requests that end because the one whose place they took is paid.
    public var endedRenewals: [Decision.EndedRenewal] = []

    /// One row of the ledger.
    public struct Posting: Sendable, Hashable {
        public enum Account: Sendable, Hashable {
            /// Where the money arrived: the bank account, or the counter.
            case incoming
            case suspense
            case revenue(UUID)
            /// The clearing account that holds the payment with this notice until the bank confirms it.
            case clearing(Int64)
        }

        public enum Kind: String, Sendable, Hashable { case payment, suspense, clearing }

        public let place: Int
        public let kind: Kind
        public let debit: Account
        public let credit: Account
        public let amount: Money
        /// The business day on which the money moved.
        public let day: Day
        /// The request that the notice names; of a basket, the one that is paid.
        public let requestID: UUID?
    }

    /// How a request changes with all notices of the batch.
    public struct RequestChange: Sendable, Hashable {
        public let id: UUID
        /// Everything that arrived for it, including any excess.
        public var received: Money
        /// What was posted to revenue.
        public var applied: Money
        /// When it was paid; `nil` while something remains.
        public var paidAt: Instant?
        /// What completed it; `nil` while something remains.
        public var settledBy: SettledBy?
    }

    /// A case that a person must look at.
    public struct OpenedCase: Sendable, Hashable {
        public let place: Int
        public let kind: CaseKind
        public var amount: Money
        public var reason: Reason
        /// The request that it is about; `nil` if none is known.
        public var requestID: UUID?
    }

    /// A counter payment (named by its notice) that the notice at this place confirms.
    public struct Cleared: Sendable, Hashable {
        public let place: Int
        public let noticeID: Int64
    }

    /// A line whose money, or part of it, leaves suspense for a request.
    public struct UsedLine: Sendable, Hashable {
        public let place: Int
        public let line: Facts.EarlierLine
        public let amount: Money
        /// Whether nothing of it is left in suspense.
        public let isUsedUp: Bool
    }

    /// Derives the effects of the decisions.
    public init(of verdicts: [Verdict], on notices: [Notice]) {
        var changes: [UUID: Int] = [:]
        var underpaid: [UUID: Int] = [:]
        var ended: Set<Int> = []
        for (place, verdict) in verdicts.enumerated() {
            guard let decision = verdict.decision else { continue }
            let amount = notices[place].amount
            if decision.isRecorded {
                post(decision, place)
                postClearing(decision, place)
            }
            for paid in decision.paid(of: amount) {
                let index = changes[paid.id] ?? requests.count
                if index == requests.count {
                    requests.append(RequestChange(id: paid.id, received: .zero, applied: .zero))
                }
                changes[paid.id] = index
                requests[index].received += paid.received
                requests[index].applied += paid.applied
                if paid.completes {
                    requests[index].paidAt = decision.movedAt
                    requests[index].settledBy = notices[place].source.settles
                    if let open = underpaid.removeValue(forKey: paid.id) { ended.insert(open) }
                    paidInFull.append(paid.id)
                }
            }
            endedRenewals += decision.ended
            if let shown = decision.clears { cleared.append(Cleared(place: place, noticeID: shown.noticeID)) }
            if let line = decision.line {
                usedLines.append(
                    UsedLine(place: place, line: line, amount: amount, isUsedUp: line.rest == amount)
                )
            }
            for opened in Effects.openedCases(decision, place, amount) {
                guard opened.kind == .underpaid, let id = opened.requestID else {
                    openedCases.append(opened)
                    continue
                }
                // A request has one case for what remains, however many parts arrive.
                if let known = underpaid[id] {
                    openedCases[known] = opened
                } else {
                    underpaid[id] = openedCases.count
                    openedCases.append(opened)
                }
            }
        }
        if !ended.isEmpty { openedCases = openedCases.indices.filter { !ended.contains($0) }.map { openedCases[$0] } }
    }

    private mutating func post(_ decision: Decision, _ place: Int) {
        let day = decision.movedAt.day
        let from: Posting.Account = decision.line == nil ? .incoming : .suspense
        for paid in decision.paid(of: decision.applied) where paid.applied > .zero {
            postings.append(
                Posting(
                    place: place,
                    kind: .payment,
                    debit: from,
                    credit: .revenue(paid.id),
                    amount: paid.applied,
                    day: day,
                    requestID: paid.id
                )
            )
        }
        if decision.suspense > .zero {
            postings.append(
                Posting(
                    place: place,
                    kind: .suspense,
                    debit: from,
                    credit: .suspense,
                    amount: decision.suspense,
                    day: day,
                    requestID: decision.requestID
                )
            )
        }
    }

    private mutating func postClearing(_ decision: Decision, _ place: Int) {
        guard let shown = decision.clears else { return }
        postings.append(
            Posting(
                place: place,
                kind: .clearing,
                debit: .incoming,
                credit: .clearing(shown.noticeID),
                amount: shown.amount,
                day: decision.movedAt.day,
                requestID: decision.requestID
            )
        )
    }

    private static func openedCases(_ decision: Decision, _ place: Int, _ amount: Money) -> [OpenedCase] {
        // Of a basket, what is underpaid is the request that its money did not suffice for; those after it still wait.
        let short = decision.parts.filter { !$0.completes }.map { part in
            OpenedCase(
                place: place,
                kind: .underpaid,
                amount: part.remaining,
                reason: .paidInPart(part.reference, amount: part.received, remaining: part.remaining),
                requestID: part.requestID
            )
        }
        return short + (openedCase(decision, place, amount).map { [$0] } ?? [])
    }

    private static func openedCase(_ decision: Decision, _ place: Int, _ amount: Money) -> OpenedCase? {
        func open(_ kind: CaseKind, _ amount: Money, _ reason: Reason? = nil) -> OpenedCase {
            OpenedCase(
                place: place,
                kind: kind,
                amount: amount,
                reason: reason ?? decision.reason,
                requestID: decision.requestID
            )
        }
        switch decision.outcome {
        case .partial where decision.basketID != nil: return nil
        case .partial:
            // The case lasts until all is paid, so that it tells what has come in all, not what this notice brought.
            let short = decision.shortReference.map {
                Reason.paidInPart($0, amount: decision.receivedAfter, remaining: decision.remainingAfter)
            }
            return open(.underpaid, decision.remainingAfter, short)
        case .overpaid: return open(.overpaid, decision.suspense)
        case .late: return open(.late, amount)
        case .unknownReference: return open(.unknownReference, amount)
        case .otherAccount: return open(.otherAccount, amount)
        case .conflict: return open(.conflict, amount)
        case .settled, .duplicate, .notCredit: return nil
        }
    }
}

extension Decision {
    /// What a notice brought for a request.
    fileprivate struct Paid {
        let id: UUID
        /// Including any excess, unless it came for a basket: then that is of no request.
        let received: Money
        let applied: Money
        let completes: Bool
    }

    /// What the notice brought for its request, or for those of its basket.
    fileprivate func paid(of amount: Money) -> [Paid] {
        guard [.settled, .partial, .overpaid].contains(outcome) else { return [] }
        if let requestID {
            return [Paid(id: requestID, received: amount, applied: applied, completes: completes)]
        }
        return parts.map { part in
            Paid(id: part.requestID, received: part.amount, applied: part.amount, completes: part.completes)
        }
    }
}
