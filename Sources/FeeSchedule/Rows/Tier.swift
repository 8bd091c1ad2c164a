public import Values

/// The unit price from one unit of the line to another.
public struct Tier: Sendable, Hashable {
    public var first: Int64
    /// `nil` for the open tier at the end.
    public var last: Int64?
    public var price: Money
}
