public import Values

/// What is wrong with a statement, and where.
public struct StatementFault: Sendable, Hashable, CustomStringConvertible {
    /// The line of the text or the row of the spreadsheet, from 1.
    public let line: Int
    /// The column, tag or element, as the file or the format calls it; empty where the whole line is meant.
    public let field: String
    /// What stands there, at most 80 characters of it.
    public let value: String
    /// For people, and what to do where that can be said.
    public let reason: Phrase

    public init(line: Int, field: String, value: String, reason: Phrase) {
        self.line = line
        self.field = field
        self.value = String(value.prefix(80))
        self.reason = reason
    }

    public var description: String {
        "line \(line)" + (field.isEmpty ? "" : ", \(field)") + (value.isEmpty ? "" : " (\"\(value)\")")
            + ": \(reason[.english])"
    }
}

/// A statement that is refused whole, with its faults up to a bound.
public struct StatementRejected: Error, Sendable, CustomStringConvertible {
    /// In the order they were found; at least one, at most ``maximumFaults``.
    public let faults: [StatementFault]
    /// Whether there were more than are told.
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
