import Values
import Workflow

extension SettlementBatch {
    /// Of an expired request and those that were made in its place, one is paid: money for the expired one is too much
    /// once another has been paid, in full or in part. A person, or a cashier who has seen it, may still decide otherwise.
    static func paidByRenewal(_ subject: Subject, _ book: Book) -> Verdict? {
        guard let request = subject.request, request.isOpen, request.remaining > .zero, !request.holdsMoney,
            [.callback, .statement].contains(subject.notice.source),
            let paid = book.renewals(of: request).first(where: \.holdsMoney)
        else { return nil }
        return subject.suspend(
            .overpaid,
            .paidByRenewal(request.reference, renewal: paid.reference, amount: subject.notice.amount)
        )
    }
}

extension Book {
    /// The requests that ask for the same as an expired one.
    func renewals(of request: Facts.Request) -> [Facts.Request] {
        (facts.renewals[request.id] ?? []).compactMap { facts.requests[$0] }
    }

    /// What ends because a notice pays a request: the unpaid requests that were made in its place, for which nobody is to
    /// pay again. An expired one has ended by itself.
    func ended(by decision: Decision) -> [Decision.EndedRenewal] {
        guard decision.applied > .zero else { return [] }
        let paid = facts.requests.values.filter { request in
            facts.renewals[request.id] != nil
                && (request.id == decision.requestID || decision.parts.contains { $0.requestID == request.id })
        }
        return paid.flatMap { former in
            renewals(of: former).filter { $0.status == .pending && !$0.holdsMoney }.map { renewal in
                Decision.EndedRenewal(id: renewal.id, reference: renewal.reference, former: former.reference)
            }
        }
    }
}
