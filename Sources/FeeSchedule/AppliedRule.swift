public import Values

/// A reduction or discount that was applied.
public struct AppliedRule: Sendable, Hashable {
    public enum Rule: String, Sendable { case reduction, discount }

    public let rule: Rule
    public let code: String
    public let benefit: Money
    public let legalBasis: String
    /// The last day the rule is in force; `nil` while no end is known.
    public let validTo: Day?
    /// The payer category that the rule requires; `nil` for a rule that applies to everybody.
    public var payerCategory: String?
}
