import Workflow

extension SettlementBatch {
    /// No request has a reference that the notice carries.
    static func unknownReference(_ subject: Subject, _ book: Book) -> Verdict? {
        guard subject.request == nil else { return nil }
        return subject.suspend(.unknownReference, .referenceMissing(amount: subject.notice.amount))
    }
}
