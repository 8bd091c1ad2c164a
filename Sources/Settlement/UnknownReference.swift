import Workflow

extension SettlementBatch {
    /// The notice carries no reference of a request.
    static func unknownReference(_ subject: Subject, _ book: Book) -> Verdict? {
        guard subject.request == nil, subject.basket == nil else { return nil }
        return subject.suspend(.unknownReference, .referenceMissing(amount: subject.notice.amount))
    }
}
