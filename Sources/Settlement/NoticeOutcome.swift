/// The outcome of a notice; each notice has exactly one.
public enum NoticeOutcome: String, Sendable, Hashable, CaseIterable {
    case settled, partial, overpaid, late
    case unknownReference = "unknown_reference"
    case otherAccount = "other_account"
    case duplicate, conflict
    case notCredit = "not_credit"
}
