import Workflow

extension SettlementBatch {
    /// A transfer that is in the books already, reported by somebody else: the report is kept, nothing is posted.
    static func countedTransfer(_ subject: Subject, _ book: Book) -> Verdict? {
        let notice = subject.notice
        let earlier: Decision.Earlier
        if let id = book.facts.transfers[notice.transfer] {
            earlier = .notice(id)
        } else if let place = book.transferPlaces[notice.transfer] {
            earlier = .placeInBatch(place)
        } else {
            return nil
        }
        var decision = subject.decide(.duplicate, .transferCounted(transaction: notice.bankReference))
        decision.earlier = earlier
        return .decided(decision)
    }
}
