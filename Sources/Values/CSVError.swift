/// Why a text is not valid CSV, and where.
public struct CSVError: Error, Sendable, Hashable, CustomStringConvertible {
    /// From 1.
    public let line: Int
    /// The field in its record, from 1.
    public let column: Int
    public let reason: Phrase

    public init(line: Int, column: Int, reason: Phrase) {
        self.line = line
        self.column = column
        self.reason = reason
    }

    /// What was wrong and where.
    public var phrase: Phrase {
        Phrase(
            vi: "dòng \(line), trường \(column): \(reason[.vietnamese])",
            en: "line \(line), field \(column): \(reason[.english])"
        )
    }

    public var description: String { phrase[.english] }
}
