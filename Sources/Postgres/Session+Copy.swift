import CLibpq

extension Session {
    /// Runs `COPY … FROM STDIN`. The body writes rows, or bytes in the text format named by the statement; an error
    /// that it throws aborts the copy.
    func copyIn(_ query: Query, _ body: (inout CopyWriter) throws -> Void) throws -> Int {
        let begun = try check(PQexec(pointer, query.sql), query)
        var writer = CopyWriter(session: self, isBinary: PQbinaryTuples(begun.pointer) == 1)
        do {
            try body(&writer)
            try writer.end()
        } catch {
            // The server then aborts the copy and the transaction fails, so that nothing of it is kept.
            PQputCopyEnd(pointer, "the sender gave up")
            drain()
            throw error
        }
        guard PQputCopyEnd(pointer, nil) == 1 else { throw PostgresError(.connection, "the copy could not be ended") }
        let result = try check(PQgetResult(pointer), query)
        drain()
        return Int(String(cString: PQcmdTuples(result.pointer))) ?? 0
    }

    /// Runs `COPY … TO STDOUT` and passes each chunk to the body; in text and CSV formats a chunk is a row.
    func copyOut(_ query: Query, _ body: (UnsafeRawBufferPointer) throws -> Void) throws {
        _ = try check(PQexec(pointer, query.sql), query)
        var failure: (any Error)?
        while true {
            var chunk: UnsafeMutablePointer<CChar>?
            let length = PQgetCopyData(pointer, &chunk, 0)
            if length < 0 { break }
            defer { PQfreemem(chunk) }
            // After the body has failed, the rest is read and discarded so that the connection stays usable.
            guard failure == nil else { continue }
            do { try body(UnsafeRawBufferPointer(start: chunk, count: Int(length))) } catch { failure = error }
        }
        _ = try check(PQgetResult(pointer), query)
        drain()
        if let failure { throw failure }
    }

    private func drain() {
        while let rest = PQgetResult(pointer) { PQclear(rest) }
    }
}
