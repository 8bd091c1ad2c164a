import Workflow

extension SettlementBatch {
    /// A repeated report: with the same content it changes nothing; with different content it is refused.
    static func repeatedReport(_ subject: Subject, _ book: Book) -> Verdict? {
        let notice = subject.notice
        guard notice.source == .callback else { return nil }
        let isSame: Bool
        let earlier: Decision.Earlier
        var requestID = subject.request?.id
        if let recorded = book.facts.reports[notice.report] {
            isSame = recorded.contentHash == notice.contentHash
            earlier = .notice(recorded.noticeID)
            requestID = requestID ?? recorded.requestID
        } else if let first = book.reportPlaces[notice.report] {
            isSame = first.contentHash == notice.contentHash
            earlier = .placeInBatch(first.place)
            requestID = requestID ?? first.requestID
        } else {
            return nil
        }
        var decision = subject.decide(
            isSame ? .duplicate : .conflict,
            isSame
                ? .noticeRepeated(transaction: notice.transactionID)
                : .noticeConflicts(transaction: notice.transactionID)
        )
        decision.isRecorded = false
        decision.earlier = earlier
        decision.requestID = requestID
        return .decided(decision)
    }
}
