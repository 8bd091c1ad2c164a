import Values
public import Workflow

/// The outcome of a line; each line has exactly one.
public enum LineOutcome: String, Sendable, Hashable, CaseIterable {
    case matched, grouped, recovered
    case amountMismatch = "amount_mismatch"
    case duplicateLine = "duplicate_line"
    case unmatched

    /// The kind of case that it opens, if any.
    public var caseKind: CaseKind? {
        switch self {
        case .matched, .grouped, .recovered: nil
        case .amountMismatch: .amountMismatch
        case .duplicateLine: .duplicateLine
        case .unmatched: .unmatched
        }
    }
}
