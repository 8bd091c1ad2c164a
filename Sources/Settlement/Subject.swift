import Workflow

/// A notice that the rules are deciding about.
struct Subject {
    let notice: Notice
    let request: Facts.Request?
    /// The basket that it names, if it names no request before it.
    let basket: Facts.Basket?
    let time: BelievedTime

    init(_ notice: Notice, in book: Book) {
        self.notice = notice
        (request, basket) = book.named(by: notice)
        time = BelievedTime(
            of: notice,
            payableSince: request?.createdAt ?? basket?.createdAt,
            signedDays: book.facts.signedDays,
            terms: book.terms
        )
    }

    func decide(_ outcome: NoticeOutcome, _ reason: Reason) -> Decision {
        var decision = Decision(outcome, reason, movedAt: time.at)
        decision.timeWasReplaced = time.wasReplaced
        decision.requestID = request?.id
        decision.basketID = basket?.id
        return decision
    }

    /// Puts all of the money into suspense.
    func suspend(_ outcome: NoticeOutcome, _ reason: Reason) -> Verdict {
        var decision = decide(outcome, reason)
        decision.suspense = notice.amount
        return .decided(decision)
    }
}
