import Workflow

extension SettlementBatch {
    /// A failure or a debit is recorded and posts nothing.
    static func notACredit(_ subject: Subject, _ book: Book) -> Verdict? {
        guard !subject.notice.isCredit else { return nil }
        return .decided(
            subject.decide(.notCredit, .noticeIsNotCredit(transaction: subject.notice.transactionID))
        )
    }
}
