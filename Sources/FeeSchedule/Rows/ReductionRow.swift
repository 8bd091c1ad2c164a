/// A reduction for payers of a category.
public struct ReductionRow: Sendable, Hashable {
    public var reductionCode: String
    /// Empty fields match anything.
    public var payerCategory: String
    public var scope: Scope
    /// 1 to 100; 100 exempts.
    public var percent: Int64
    public var validity: Validity
    public var legalBasis: String
}
