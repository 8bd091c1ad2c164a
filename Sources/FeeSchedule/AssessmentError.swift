public import Values

/// Why something cannot be assessed: which field, and what to do.
public struct AssessmentError: Error, Sendable, Hashable, CustomStringConvertible {
    /// A JSON pointer into the request.
    public let pointer: String
    public let reason: Phrase

    public var description: String { "\(pointer): \(reason[.english])" }
}
