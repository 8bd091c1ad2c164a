import Workflow

extension SettlementBatch {
    /// A transfer that is in the books already, reported by somebody else: the report is kept, nothing is posted.
    ///
    /// For a callback the earlier report may have brought nothing itself, because a line had brought the money. A line or a
    /// person is not held back by such a report: it has left the money to them.
    static func countedTransfer(_ subject: Subject, _ book: Book) -> Verdict? {
        let notice = subject.notice
        let told = notice.source == .callback ? book.toldTransfer(notice.transfer) : nil
        guard let earlier = book.countedTransfer(notice.transfer) ?? told else { return nil }
        var decision = subject.decide(.duplicate, .transferCounted(transaction: notice.bankReference))
        decision.earlier = earlier
        return .decided(decision)
    }
}
