public import Values

/// An error in a statement, with its place.
public struct StatementFault: Sendable, Hashable, CustomStringConvertible {
    /// The line of the text or row of the spreadsheet, from 1.
    public let line: Int
    /// The column, tag or element, as named by the file or the format; empty if the whole line is meant.
    public let field: String
    /// The value found there, up to 80 characters.
    public let value: String
    /// What is wrong and, if known, what to do about it.
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
