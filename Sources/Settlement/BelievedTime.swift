import Values

/// When the money moved: the reported time if it is credible, otherwise the time of receipt.
///
/// The provider's clock decides on which day a payment counts and whether it was late. A time that is not credible is
/// therefore replaced by the time of receipt: one more than ten minutes in the future, one before the request existed,
/// one on a day whose reconciliation record is signed, and, for a notice without a request, one long ago.
struct BelievedTime {
    let at: Instant
    let wasReplaced: Bool

    /// - Parameter payableSince: when what the notice names was made; `nil` if it names nothing that is known.
    init(of notice: Notice, payableSince: Instant?, signedDays: Set<AccountDay>, terms: SettlementTerms) {
        let reported = notice.occurredAt
        let tolerance = terms.clockToleranceSeconds
        var isBelieved = reported <= terms.now.adding(seconds: tolerance)
        // Statements, counters and persons do not report the time of somebody else's clock.
        if notice.source == .callback {
            if let payableSince {
                isBelieved = isBelieved && reported >= payableSince.adding(seconds: -tolerance)
            } else {
                isBelieved = isBelieved && reported.day >= terms.now.day.adding(days: -terms.oldestDays)
            }
            isBelieved =
                isBelieved
                && !signedDays.contains(AccountDay(accountNumber: notice.accountNumber, day: reported.day))
        }
        at = isBelieved ? reported : terms.now
        wasReplaced = !isBelieved
    }
}
