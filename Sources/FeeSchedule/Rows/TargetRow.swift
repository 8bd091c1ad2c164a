/// The share that a locality should reach in a year.
public struct TargetRow: Sendable, Hashable {
    public enum Indicator: String, Sendable, CaseIterable {
        case nonCash = "non_cash"
        case online
    }

    public var localityCode: String
    public var year: Int
    public var indicator: Indicator
    /// In hundredths of a percent, 0 to 10,000.
    public var target: Int64
}
