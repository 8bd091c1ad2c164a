import Workflow

extension SettlementBatch {
    /// A callback that comes after its payment was recovered from a statement under another id: the line is counted, the
    /// callback confirms it.
    static func recoveredBefore(_ subject: Subject, _ book: Book) -> Verdict? {
        // Money on another account is not the money that was recovered.
        guard subject.notice.source == .callback, let request = subject.request,
            request.accountNumber == subject.notice.accountNumber,
            let recovery = book.facts.recoveries[request.id]?.first(where: { $0.amount == subject.notice.amount })
        else { return nil }
        var decision = subject.decide(
            .duplicate,
            .recoveryConfirmedByNotice(request.reference, amount: subject.notice.amount)
        )
        decision.earlier = .notice(recovery.noticeID)
        return .decided(decision)
    }
}
