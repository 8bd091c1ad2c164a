import Values

/// How many items a list returns at once, the same everywhere.
public enum Paging {
    public static let limits = 1...500

    /// Throws for a number of items that no list returns.
    ///
    /// - Parameter name: the parameter or option that held it.
    @discardableResult
    public static func check(_ limit: Int, at name: String = "limit") throws -> Int {
        guard limits.contains(limit) else {
            throw ServiceError(.invalidParameter, at: name, .wholeNumber(limits))
        }
        return limit
    }
}
