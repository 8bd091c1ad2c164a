import Matching
import Statements
import Values

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The lines of a file, set aside in a temporary file until it is known which of them are needed in full: of a million
/// lines the exact match leaves a few open.
///
/// The temporary file has no name, so that nobody else can open it and nothing of it outlives this. One thread writes; others
/// read when it has ended.
final class LinesAside: @unchecked Sendable {
    private let file: Int32
    /// Where each line begins, and the last one ends.
    private var places: [Int] = [0]
    private var pending: [UInt8] = []

    private static let bufferBytes = 1 << 20

    init() throws {
        let folder = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        // Made with mode 0600.
        var name = Array("\(folder)/khop-lines-XXXXXX".utf8CString)
        file = mkstemp(&name)
        guard file >= 0 else { throw LinesAside.failure() }
        unlink(name)
        pending.reserveCapacity(LinesAside.bufferBytes + (1 << 16))
    }

    deinit { close(file) }

    /// Adds the next line.
    func add(_ line: StatementLine) throws {
        let start = pending.count
        put(line.amount.dong)
        put(line.bookedAt.microseconds)
        for text in [line.transactionID, line.memo, line.counterpartyAccount, line.structuredReference] { put(text) }
        places.append(places[places.count - 1] + pending.count - start)
        if pending.count >= LinesAside.bufferBytes { try flush() }
    }

    /// Ends the writing.
    func finish() throws { try flush() }

    /// The line at a position, with the id that it would have.
    func line(at place: Int, id: Int64, isTrusted: Bool) throws -> Line {
        let (start, count) = (places[place], places[place + 1] - places[place])
        var bytes = [UInt8](repeating: 0, count: count)
        guard pread(file, &bytes, count, off_t(start)) == count else { throw LinesAside.failure() }
        var reader = Fields(bytes)
        let (amount, bookedAt) = (Money(reader.integer()), Instant(microseconds: reader.integer()))
        let (transactionID, memo, account, structured) = (reader.text(), reader.text(), reader.text(), reader.text())
        return Line(
            id: id,
            transactionID: transactionID.flatMap { $0.isEmpty ? nil : $0 },
            amount: amount,
            bookedAt: bookedAt,
            references: StatementFile.references(structured, memo),
            memo: memo ?? "",
            counterpartyAccount: account ?? "",
            isTrusted: isTrusted
        )
    }

    private func put(_ number: Int64) {
        withUnsafeBytes(of: number) { pending.append(contentsOf: $0) }
    }

    private func put(_ text: String?) {
        guard let text else { return put(Int64(-1)) }
        put(Int64(text.utf8.count))
        pending.append(contentsOf: text.utf8)
    }

    private func flush() throws {
        var written = 0
        while written < pending.count {
            let count = pending.withUnsafeBytes { write(file, $0.baseAddress! + written, $0.count - written) }
            guard count > 0 else { throw LinesAside.failure() }
            written += count
        }
        pending.removeAll(keepingCapacity: true)
    }

    /// The disk of temporary files is full, or fails.
    private static func failure() -> ServiceError {
        ServiceError(
            .internalFailure,
            Phrase(
                vi: "Không ghi hoặc đọc được tệp tạm (\(String(cString: strerror(errno)))); thư mục tạm còn chỗ không?",
                en:
                    "A temporary file could not be written or read (\(String(cString: strerror(errno)))); is there room?"
            )
        )
    }

    /// Reads the fields of a line.
    private struct Fields {
        private let bytes: [UInt8]
        private var next = 0

        init(_ bytes: [UInt8]) { self.bytes = bytes }

        mutating func integer() -> Int64 {
            defer { next += 8 }
            return bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: next, as: Int64.self) }
        }

        mutating func text() -> String? {
            let count = Int(integer())
            guard count >= 0 else { return nil }
            defer { next += count }
            return String(decoding: bytes[next..<next + count], as: UTF8.self)
        }
    }
}
