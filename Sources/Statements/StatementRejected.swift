/// Rejects a whole statement; lists its errors up to a limit.
public struct StatementRejected: Error, Sendable, CustomStringConvertible {
    /// The errors in the order found: at least one, at most ``StatementOptions/maximumFaults``.
    public let faults: [StatementFault]
    /// Whether there were more errors than are listed.
    public let hasMore: Bool
    /// Of whom the statement is, if it is not of the account that it was read for.
    public let foreign: [ForeignStatement]
    /// What could be read of it: its layout, the lines without an error and their days; `nil` if nothing could.
    public let summary: StatementSummary?
    /// The format that it was read in; `nil` if none was recognised.
    public internal(set) var format: StatementFormat?

    /// How many errors are listed unless more are asked for.
    public static let maximumFaults = 100

    public init(
        faults: [StatementFault],
        hasMore: Bool = false,
        foreign: [ForeignStatement] = [],
        summary: StatementSummary? = nil
    ) {
        self.faults = faults
        self.hasMore = hasMore
        self.foreign = foreign
        self.summary = summary
    }

    public var description: String {
        faults.map(\.description).joined(separator: "\n") + (hasMore ? "\n… and more" : "")
    }
}
