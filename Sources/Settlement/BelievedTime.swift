import Values

/// When the money moved, as far as the reported time can be believed.
///
/// A provider's clock decides on which day a payment counts and whether it was late, so a time that cannot be is replaced by
/// the time of receipt: one more than ten minutes ahead, one from before the request existed, one in a day whose
/// reconciliation record is signed, and, without a request, one of long ago.
struct BelievedTime {
    let at: Instant
    let wasReplaced: Bool

    init(of notice: Notice, request: Facts.Request?, signedDays: Set<AccountDay>, terms: SettlementTerms) {
        let reported = notice.occurredAt
        let tolerance = terms.clockToleranceSeconds
        var isBelieved = reported <= terms.now.adding(seconds: tolerance)
        // Statements, counters and persons do not report by a clock of a stranger.
        if notice.source == .callback {
            if let request {
                isBelieved = isBelieved && reported >= request.createdAt.adding(seconds: -tolerance)
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
