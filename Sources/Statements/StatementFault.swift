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
