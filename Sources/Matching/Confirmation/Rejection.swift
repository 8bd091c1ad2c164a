import Values

/// A line that the second person turns down.
public struct Rejection: Sendable, Hashable {
    /// How the rejection names the line.
    public enum Name: Sendable, Hashable {
        case id(Int64)
        /// Its number in the file.
        case number(Int64)

        var value: Int64 {
            switch self {
            case .id(let id): id
            case .number(let number): number
            }
        }
    }

    public let line: Name
    public let why: String
    /// The pointer to it in the body, or the name of the option.
    public let pointer: String

    public init(line: Name, why: String, pointer: String) {
        self.line = line
        self.why = why
        self.pointer = pointer
    }
}
