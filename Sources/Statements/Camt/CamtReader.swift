import Values

/// Reads camt.053 (statements) and camt.054 (notifications) of any version, incrementally and in bounded memory.
///
/// Pending and informational entries, and entries of 0, are skipped and noted. A batch becomes one line for each
/// transaction if their amounts are given and add up to the entry's. The interim report camt.052 is rejected, because
/// everything in it appears again in the statement.
struct CamtReader: FormatReader {
    private let message: CamtMessage
    private let stream: XMLStream

    /// - Parameter format: the expected format, `.camt053` or `.camt054`.
    init(_ format: StatementFormat, _ options: StatementOptions) {
        message = CamtMessage(format, options)
        stream = XMLStream(message)
    }

    mutating func feed(_ bytes: UnsafeBufferPointer<UInt8>, line: (StatementLine) throws -> Void) throws {
        var start = 0
        while start < bytes.count {
            // Small pieces, so that few lines are buffered at a time.
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
