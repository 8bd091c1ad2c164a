/// One record of a CSV text.
public struct CSVRow: Sendable, Hashable {
    /// The line of the text on which the record begins, from 1.
    public let line: Int
    public let fields: [String]

    public init(line: Int, fields: [String]) {
        self.line = line
        self.fields = fields
    }
}
