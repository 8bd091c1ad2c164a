import Workflow

extension SettlementBatch {
    /// A repeated report: with the same content it changes nothing; with different content it is refused.
    ///
    /// So is the same content for another account. A gateway's messages name no account: the same message on another
    /// connection of its merchant is the same money, and it has arrived on one account only.
    static func repeatedReport(_ subject: Subject, _ book: Book) -> Verdict? {
        let notice = subject.notice
        guard notice.source == .callback else { return nil }
        let content: [UInt8]
        let account: String
        let earlier: Decision.Earlier
        var requestID = subject.request?.id
        if let recorded = book.facts.reports[notice.report] {
            (content, account) = (recorded.contentHash, recorded.accountNumber)
            earlier = .notice(recorded.noticeID)
            requestID = requestID ?? recorded.requestID
        } else if let first = book.reportPlaces[notice.report] {
            (content, account) = (first.contentHash, first.accountNumber)
            earlier = .placeInBatch(first.place)
            requestID = requestID ?? first.requestID
        } else {
            return nil
        }
        var decision: Decision
        if content != notice.contentHash {
            decision = subject.decide(.conflict, .noticeConflicts(transaction: notice.transactionID))
        } else if account != notice.accountNumber {
            decision = subject.decide(
                .conflict,
                .noticeOfOtherAccount(
                    transaction: notice.transactionID,
                    first: account,
                    now: notice.accountNumber
                )
            )
        } else {
            decision = subject.decide(.duplicate, .noticeRepeated(transaction: notice.transactionID))
        }
        decision.isRecorded = false
        decision.earlier = earlier
        decision.requestID = requestID
        return .decided(decision)
    }
}
