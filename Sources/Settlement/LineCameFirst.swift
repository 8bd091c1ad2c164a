import Values
import Workflow

extension SettlementBatch {
    /// A callback that arrives after its statement line. The line brought the money to suspense; the money now pays
    /// what the callback says it was for. Money that a person has already dealt with, or that does not fit as a whole,
    /// is left to that person. A line that waits for confirmation is also identified by the request that it would pay:
    /// the callback settles that request, and the line needs no confirmation.
    static func lineCameFirst(_ subject: Subject, _ book: Book) -> Verdict? {
        let notice = subject.notice
        guard notice.source == .callback, let line = book.earlierLine(of: subject) else { return nil }
        func leaveToPerson() -> Verdict {
            var decision = subject.decide(.duplicate, .lineDecided(line.id, amount: notice.amount))
            decision.confirmed = line.recoveries
            return .decided(decision)
        }
        if let basket = subject.basket {
            return basketPaidFromLine(line, basket, subject, book) ?? leaveToPerson()
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
