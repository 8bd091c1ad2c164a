import Values
import Workflow

/// How many credit or debit lines of a statement have one outcome.
public struct LineCount: Sendable, Hashable {
    /// An outcome, or ``notReconciled``.
    public let outcome: String
    public let isCredit: Bool
    public let lines: Int

    /// Stands for lines that no run has considered.
    public static let notReconciled = "not_reconciled"

    public init(outcome: String, isCredit: Bool, lines: Int) {
        self.outcome = outcome
        self.isCredit = isCredit
        self.lines = lines
    }
}
