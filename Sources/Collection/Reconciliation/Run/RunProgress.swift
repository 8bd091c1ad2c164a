public import Values

/// How far a run has come.
public struct RunProgress: Sendable {
    /// The lines that have an outcome, of those that were open when it began.
    public let decided: Int
    public let total: Int
    /// The counts so far, by the names of ``Reconciliation/outcomes``.
    public let counts: JSON
}
