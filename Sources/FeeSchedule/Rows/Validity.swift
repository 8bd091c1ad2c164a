public import Values

/// The days a row is in force, both ends inclusive.
public struct Validity: Sendable, Hashable {
    public let from: Day
    /// `nil` while no end is known.
    public let to: Day?

    public init(from: Day, to: Day?) {
        self.from = from
        self.to = to
    }

    public func contains(_ day: Day) -> Bool { from <= day && (to.map { day <= $0 } ?? true) }

    public func overlaps(_ other: Validity) -> Bool {
        (to.map { other.from <= $0 } ?? true) && (other.to.map { from <= $0 } ?? true)
    }
}
