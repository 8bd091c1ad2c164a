import CLibpq

extension Session {
    /// `COPY … FROM STDIN`: the body writes bytes in the format the statement names; an error it throws ends the copy.
    func copyIn(_ query: Query, _ body: (inout CopyWriter) throws -> Void) throws -> Int {
        _ = try check(PQexec(pointer, query.sql), query)
        var writer = CopyWriter(session: self)
        do {
            try body(&writer)
            try writer.flush()
        } catch {
            // Told why, the server ends the copy and the transaction fails: nothing of it stays.
            PQputCopyEnd(pointer, "the sender gave up")
            drain()
            throw error
        }
        guard PQputCopyEnd(pointer, nil) == 1 else { throw PostgresError(.connection, "the copy could not be ended") }
        let result = try check(PQgetResult(pointer), query)
        drain()
        return Int(String(cString: PQcmdTuples(result.pointer))) ?? 0
    }

    /// `COPY … TO STDOUT`: hands every chunk to the body as it comes; with text and CSV formats a chunk is a row.
    func copyOut(_ query: Query, _ body: (UnsafeRawBufferPointer) throws -> Void) throws {
        _ = try check(PQexec(pointer, query.sql), query)
        var failure: (any Error)?
        while true {
            var chunk: UnsafeMutablePointer<CChar>?
            let length = PQgetCopyData(pointer, &chunk, 0)
            if length < 0 { break }
            defer { PQfreemem(chunk) }
            // Once the body has failed the rest is read and dropped, so that the connection stays usable.
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

/// Collects the bytes of a `COPY … FROM STDIN` and sends them in large pieces.
public struct CopyWriter {
    private let session: Session
    private var buffer: [UInt8] = []
    private static let pieceSize = 1 << 16

    init(session: Session) {
        self.session = session
        buffer.reserveCapacity(Self.pieceSize * 2)
    }

    public mutating func write(_ bytes: some Sequence<UInt8>) throws {
        buffer.append(contentsOf: bytes)
        if buffer.count >= Self.pieceSize { try flush() }
    }

    /// Writes one row in COPY's text format: columns parted by tabs, `nil` as `\N`, special characters escaped.
    public mutating func row(_ columns: [String?]) throws {
        for (index, column) in columns.enumerated() {
            if index > 0 { buffer.append(UInt8(ascii: "\t")) }
            guard let column else {
                buffer.append(contentsOf: "\\N".utf8)
                continue
            }
            for byte in column.utf8 {
                switch byte {
                case UInt8(ascii: "\\"): buffer.append(contentsOf: "\\\\".utf8)
                case UInt8(ascii: "\t"): buffer.append(contentsOf: "\\t".utf8)
                case UInt8(ascii: "\n"): buffer.append(contentsOf: "\\n".utf8)
                case UInt8(ascii: "\r"): buffer.append(contentsOf: "\\r".utf8)
                case 0: throw PostgresError(.data, "a text with a NUL byte cannot be stored")
                default: buffer.append(byte)
                }
            }
        }
        buffer.append(UInt8(ascii: "\n"))
        if buffer.count >= Self.pieceSize { try flush() }
    }

    mutating func flush() throws {
        guard !buffer.isEmpty else { return }
        let sent = buffer.withUnsafeBytes { bytes in
            PQputCopyData(session.pointer, bytes.baseAddress!.assumingMemoryBound(to: CChar.self), Int32(bytes.count))
        }
        guard sent == 1 else { throw PostgresError(.connection, "the copy was cut off") }
        buffer.removeAll(keepingCapacity: true)
    }
}
