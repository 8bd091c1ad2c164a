import Workflow

extension SettlementBatch {
    /// A transfer that is already in the books, reported by another source: the report is recorded and nothing is
    /// posted.
    ///
    /// If the notice is a callback, the earlier report counts even if it posted nothing itself because a line had
    /// brought the money. Such a report does not stop a line or a person: it left the money to them.
    static func countedTransfer(_ subject: Subject, _ book: Book) -> Verdict? {
        let notice = subject.notice
        let told = notice.source == .callback ? book.toldTransfer(notice.transfer) : nil
        guard let earlier = book.countedTransfer(notice.transfer) ?? told else { return nil }
        var decision = subject.decide(.duplicate, .transferCounted(transaction: notice.bankReference))
        decision.earlier = earlier
        return .decided(decision)
    }
}
