/// A discount for payment by certain channels.
public struct DiscountRow: Sendable, Hashable {
    public enum Method: String, Sendable, CaseIterable {
        case percent
        case amountOff = "amount_off"
        case fixedAmount = "fixed_amount"
    }

    public var discountCode: String
    public var channels: [Channel]
    public var scope: Scope
    public var method: Method
    /// A percentage, or an amount in đồng per unit.
    public var value: Int64
    /// Whether it applies in addition to the best single rule, to what remains.
    public var cumulative: Bool
    public var validity: Validity
    public var legalBasis: String
}
