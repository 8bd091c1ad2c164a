public import Values

/// A rate in hundredths of a percent, rounded half up; `nil` if the base is 0.
public struct Rate: Sendable, Hashable {
    public let hundredths: Int64?

    public init(_ part: Int64, of whole: Int64) {
        hundredths = whole > 0 ? Money(part).share(10_000, of: whole).dong : nil
    }

    /// `83.05`, always with two decimals; `nil` if the base is 0.
    public var text: String? {
        hundredths.map { value in
            let fraction = value % 100
            return "\(value / 100).\(fraction < 10 ? "0" : "")\(fraction)"
        }
    }

    public var json: JSON { .optional(text) }
}
