/// What every format's reader does; ``StatementReader`` chooses among them.
protocol FormatReader {
    /// Takes the next bytes and hands out the lines they complete. After the first fault no more are handed out.
    mutating func feed(_ bytes: UnsafeBufferPointer<UInt8>, line: (StatementLine) throws -> Void) throws
    /// Ends the file; throws ``StatementRejected`` where anything was wrong with it.
    mutating func finish(line: (StatementLine) throws -> Void) throws -> StatementSummary
}

extension DefaultCSVReader: FormatReader {}
