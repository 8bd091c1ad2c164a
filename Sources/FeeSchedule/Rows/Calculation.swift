/// How a line's list amount is computed from its quantity or base amount.
public enum Calculation: Sendable, Hashable {
    case flat
    case tiered([Tier])
    /// A percent of the base amount, in millionths of a percent.
    case percent(Int64)

    public var name: String {
        switch self {
        case .flat: "flat"
        case .tiered: "tiered"
        case .percent: "percent"
        }
    }
}
