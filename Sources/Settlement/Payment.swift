import Values
import Workflow

extension SettlementBatch {
    /// The money pays what remains of the request; the excess goes to suspense.
    static func payment(_ subject: Subject, _ book: Book) -> Verdict? {
        guard let request = subject.request else { return nil }
        let amount = subject.notice.amount
        let remaining = request.isOpen ? request.remaining : .zero
        let outcome: NoticeOutcome
        let reason: Reason
        if remaining == .zero {
            (outcome, reason) = (.overpaid, .paidAlready(request.reference, amount: amount))
        } else if amount > remaining {
            (outcome, reason) = (.overpaid, .paidWithExcess(request.reference, amount: amount, expected: remaining))
        } else if amount == remaining {
            (outcome, reason) = (.settled, .paidInFull(request.reference, amount: amount, due: request.amountDue))
        } else {
            let left = remaining - amount
            (outcome, reason) = (.partial, .paidInPart(request.reference, amount: amount, remaining: left))
        }
        var decision = subject.decide(outcome, reason)
        if remaining > .zero { decision.apply(min(amount, remaining), to: request) }
        decision.suspense = amount - decision.applied
        return .decided(decision)
    }
}

extension Decision {
    /// Pays all or part of what remains of an open request.
    mutating func apply(_ amount: Money, to request: Facts.Request) {
        applied = amount
        remainingBefore = request.remaining
        remainingAfter = request.remaining - amount
        receivedAfter = request.netApplied + amount
        shortReference = remainingAfter > .zero ? request.reference : nil
        completes = request.isOpen && remainingAfter == .zero
    }
}
