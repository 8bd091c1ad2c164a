/// What a rule applies to; empty fields match anything, and a locality includes its descendants.
public struct Scope: Sendable, Hashable {
    public var kind: FeeKind?
    public var procedureCode: String
    public var feeCode: String
    public var localityCode: String
}
