/// Rejects a whole statement; lists its errors up to a limit.
public struct StatementRejected: Error, Sendable, CustomStringConvertible {
    /// The errors in the order found: at least one, at most ``maximumFaults``.
    public let faults: [StatementFault]
    /// Whether there were more errors than are listed.
    public let hasMore: Bool
    /// Of whom the statement is, if it is not of the account that it was read for.
    public let foreign: [ForeignStatement]

    public static let maximumFaults = 100

    public init(faults: [StatementFault], hasMore: Bool = false, foreign: [ForeignStatement] = []) {
        self.faults = faults
        self.hasMore = hasMore
        self.foreign = foreign
    }

    public var description: String {
        faults.map(\.description).joined(separator: "\n") + (hasMore ? "\n… and more" : "")
    }
}
