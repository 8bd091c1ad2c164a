import Workflow

extension SettlementBatch {
    /// A callback that arrives after its payment was recovered from a statement under another id: the line counts, and
    /// the callback confirms it.
    static func recoveredBefore(_ subject: Subject, _ book: Book) -> Verdict? {
        let amount = subject.notice.amount
        // Money on another account is not the recovered money.
        guard subject.notice.source == .callback, let request = subject.request,
            request.accountNumber == subject.notice.accountNumber
        else { return nil }
        let earlier: Decision.Earlier
        if let recovery = book.facts.recoveries[request.id]?.first(where: { $0.amount == amount }) {
            earlier = .notice(recovery.noticeID)
        } else if let recovery = book.recoveryPlaces[request.id]?.first(where: { $0.amount == amount }) {
            earlier = .placeInBatch(recovery.place)
        } else {
            return nil
        }
        var decision = subject.decide(.duplicate, .recoveryConfirmedByNotice(request.reference, amount: amount))
        decision.earlier = earlier
        return .decided(decision)
    }
}
