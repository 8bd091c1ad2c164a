import Values
import Workflow

extension SettlementBatch {
    /// A callback that comes after its statement line. The line brought the money into the books, to suspense: it now pays
    /// what the callback says it was for. Money that a person has dealt with, or that does not fit as a whole, stays that
    /// person's. A line that waits for confirmation is known by the request that it would pay, too: the callback settles
    /// that request, and nobody need confirm the line.
    static func lineCameFirst(_ subject: Subject, _ book: Book) -> Verdict? {
        let notice = subject.notice
        guard notice.source == .callback, let line = book.earlierLine(of: subject) else { return nil }
        func leaveToPerson() -> Verdict {
            var decision = subject.decide(.duplicate, .lineDecided(line.id, amount: notice.amount))
            decision.confirmed = line.recoveries
            return .decided(decision)
        }
        guard let request = subject.request, request.accountNumber == notice.accountNumber, request.isOpen,
            line.rest >= notice.amount, notice.amount <= request.remaining
        else { return leaveToPerson() }
        switch lateness(of: subject, request, book.terms) {
        case .late: return leaveToPerson()
        case .needsPrice(let day): return .needsPrice(day)
        case .inTime:
            var decision = subject.decide(
                notice.amount == request.remaining ? .settled : .partial,
                .paidFromLine(line.id, request.reference, amount: notice.amount)
            )
            decision.apply(notice.amount, to: request)
            decision.line = line
            return .decided(decision)
        }
    }
}
