public import Values

/// Identifies a unit among those that had its code at different times.
public struct LocalityKey: Sendable, Hashable, Comparable {
    public let code: String
    public let validFrom: Day

    public init(code: String, validFrom: Day) {
        self.code = code
        self.validFrom = validFrom
    }

    public static func < (left: LocalityKey, right: LocalityKey) -> Bool {
        (left.code, left.validFrom) < (right.code, right.validFrom)
    }
}
