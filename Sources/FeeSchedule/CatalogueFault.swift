public import Values

/// What was wrong with a catalogue, and where.
public struct CatalogueFault: Error, Sendable, Hashable, CustomStringConvertible {
    public let file: CatalogueFile
    /// From 1; the header is line 1.
    public let line: Int
    /// The column's name; empty if the fault concerns the whole row.
    public let column: String
    public let value: String
    /// What was wrong and what to do.
    public let reason: Phrase

    public init(file: CatalogueFile, line: Int, column: String, value: String, reason: Phrase) {
        self.file = file
        self.line = line
        self.column = column
        self.value = String(value.prefix(60))
        self.reason = reason
    }

    public var description: String {
        "\(file.fileName):\(line)" + (column.isEmpty ? "" : ", column \(column)")
            + (value.isEmpty ? "" : " (\"\(value)\")") + ": \(reason[.english])"
    }
}
