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
    /// What kind of error it is.
    public let code: Code

    /// The stable codes of errors.
    public enum Code: String, Sendable, Hashable, CaseIterable {
        /// The file, or a whole line of it, cannot be read.
        case lineInvalid = "line_invalid"
        /// A column, tag or element that must be there is not, or is empty.
        case fieldMissing = "field_missing"
        /// A value is not of its column, or contradicts other values.
        case fieldInvalid = "field_invalid"
    }

    /// - Parameter code: `nil` if the place says it: no field is a whole line, and a field without a value is missing.
    public init(line: Int, field: String, value: String, reason: Phrase, code: Code? = nil) {
        self.line = line
        self.field = field
        self.value = String(value.prefix(80))
        self.reason = reason
        self.code = code ?? (field.isEmpty ? .lineInvalid : value.isEmpty ? .fieldMissing : .fieldInvalid)
    }

    public var description: String {
        "line \(line)" + (field.isEmpty ? "" : ", \(field)") + (value.isEmpty ? "" : " (\"\(value)\")")
            + ": \(reason[.english])"
    }
}
