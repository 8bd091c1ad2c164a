public import Values

/// One fee of an assessment.
public struct AssessedLine: Sendable, Hashable {
    public let fee: FeeRow
    /// The price of one unit: of the first unit of a tiered fee; the list amount of a percent fee.
    public let unitAmount: Money
    public let quantity: Int64
    public let baseAmount: Money?
    public let listAmount: Money
    public let applied: [AppliedRule]
    public let payable: Money
}
