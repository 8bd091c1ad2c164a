import Values

/// Reads camt.053 (statements) and camt.054 (notifications) of any version, piece by piece, in bounded memory.
///
/// Entries that are pending or for information only, and entries of 0, are passed over and noted. A batch becomes one line
/// a transaction where the transactions' amounts are told and make the entry's. The interim report camt.052 is refused: what
/// it reports comes again in the statement.
struct CamtReader: FormatReader {
    private let message: CamtMessage
    private let stream: XMLStream

    /// - Parameter format: `.camt053` or `.camt054`, which the file must be.
    init(_ format: StatementFormat, _ options: StatementOptions) {
        message = CamtMessage(format, options)
        stream = XMLStream(message)
    }

    mutating func feed(_ bytes: UnsafeBufferPointer<UInt8>, line: (StatementLine) throws -> Void) throws {
        var start = 0
        while start < bytes.count {
            // Small pieces, so that few lines wait at a time.
            let piece = UnsafeBufferPointer(rebasing: bytes[start..<min(start + 32_768, bytes.count)])
            try rejecting { () throws(XMLStream.Failure) in try stream.feed(piece) }
            try message.drain(line)
            start += piece.count
        }
    }

    mutating func finish(line: (StatementLine) throws -> Void) throws -> StatementSummary {
        try rejecting { () throws(XMLStream.Failure) in try stream.finish() }
        try message.drain(line)
        return try message.finish()
    }

    private func rejecting(_ body: () throws(XMLStream.Failure) -> Void) throws {
        do throws(XMLStream.Failure) {
            try body()
        } catch {
            message.blocks.tally.fault(error.line, "", "", error.reason)
            throw message.blocks.tally.rejected
        }
    }
}
