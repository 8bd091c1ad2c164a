/// Who decides about a case, and what they may do there.
public struct CaseDecider: Sendable, Hashable {
    /// The person's id, by which persons are compared.
    public var id: String
    /// Whom the person stands in for.
    public var standIns: StandIns
    /// Whether the person may approve refunds where the case is.
    public var approvesRefunds: Bool
    /// Whether the person means to propose: what waits from another is then never approved by the same decision.
    public var onlyProposes: Bool

    public init(
        _ id: String,
        _ standIns: StandIns = .none,
        approvesRefunds: Bool,
        onlyProposes: Bool = false
    ) {
        self.id = id
        self.standIns = standIns
        self.approvesRefunds = approvesRefunds
        self.onlyProposes = onlyProposes
    }
}
