/// The reader of one format; ``StatementReader`` chooses among them.
protocol FormatReader {
    /// Reads the next bytes and passes on the lines they complete. After the first error no more are passed on.
    mutating func feed(_ bytes: UnsafeBufferPointer<UInt8>, line: (StatementLine) throws -> Void) throws
    /// Ends the file; throws ``StatementRejected`` if it had any error.
    mutating func finish(line: (StatementLine) throws -> Void) throws -> StatementSummary
}

extension DefaultCSVReader: FormatReader {}
