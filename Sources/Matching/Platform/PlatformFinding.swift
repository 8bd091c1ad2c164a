public import Values
public import Workflow

/// What was found of a row of the platform's file, or of a payment that it lacks.
public struct PlatformFinding: Sendable, Hashable {
    /// What it comes to.
    public enum Verdict: String, Sendable, Hashable, CaseIterable {
        case agrees
        /// What is missing may still come.
        case waits
        case differs
    }

    /// The row; `nil` for a payment that the file lacks.
    public let row: Int?
    public let code: String
    public let transaction: String
    public let amount: Money
    public let verdict: Verdict
    public let reason: Reason

    package init(row: Int?, code: String, transaction: String, amount: Money, verdict: Verdict, reason: Reason) {
        (self.row, self.code, self.transaction) = (row, code, transaction)
        (self.amount, self.verdict, self.reason) = (amount, verdict, reason)
    }

    /// Whether the platform and the books say the same, whatever the bank says.
    public var isMatched: Bool { [.platformAgrees, .platformNotPaid, .platformBankAwaited].contains(reason.code) }

    /// Whether it is a case of its own. What the bank lacks has its case already, from the reconciliation with the bank.
    public var isCase: Bool { verdict == .differs && reason.code != .platformBankMissing }
}
