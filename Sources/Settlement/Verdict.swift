public import Values

/// What the rules decide about one notice.
public enum Verdict: Sendable, Hashable {
    case decided(Decision)
    /// The request has expired but is within its grace period: whether its price still holds on this day must first be
    /// looked up outside the transaction. Nothing is recorded.
    case needsPrice(Day)

    public var decision: Decision? {
        guard case .decided(let decision) = self else { return nil }
        return decision
    }
}
