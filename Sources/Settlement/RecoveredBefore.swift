import Workflow

extension SettlementBatch {
    /// A callback that arrives after its payment was recovered from a statement under another id: the line counts, and
    /// the callback confirms it.
    static func recoveredBefore(_ subject: Subject, _ book: Book) -> Verdict? {
        let amount = subject.notice.amount
        if let basket = subject.basket { return basketRecoveredBefore(basket, subject, book) }
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

    /// The same for a callback that names a basket: a line that named it has paid its requests.
    private static func basketRecoveredBefore(_ basket: Facts.Basket, _ subject: Subject, _ book: Book) -> Verdict? {
        let notice = subject.notice
        guard notice.source == .callback, basket.accountNumber == notice.accountNumber,
            let recovery = book.facts.basketRecoveries[basket.id]?.first(where: { $0.amount == notice.amount }),
            let first = recovery.notices.first
        else { return nil }
        var decision = subject.decide(.duplicate, .recoveryConfirmedByNotice(basket.reference, amount: notice.amount))
        decision.earlier = .notice(first)
        decision.confirmed = recovery.notices
        return .decided(decision)
    }
}
