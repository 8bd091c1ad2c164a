import CLibpq
public import Values

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// Collects the rows of a `COPY … FROM STDIN` and sends them in large pieces: value by value if the statement says
/// `(FORMAT BINARY)`, otherwise as bytes in its text format.
///
/// The binary format avoids converting values to text and back. Each value must have exactly the type of its column:
/// `Int32` for `integer`, `Int64` and `Money` for `bigint`, ``Day`` for `date`, ``Instant`` for `timestamptz`.
public struct CopyWriter {
    private let session: Session
    private let isBinary: Bool
    private var values = BinaryValues()
    private static let pieceSize = 1 << 16

    init(session: Session, isBinary: Bool) {
        self.session = session
        self.isBinary = isBinary
        values.bytes.reserveCapacity(Self.pieceSize * 2)
        guard isBinary else { return }
        // The signature, no flags, no extension.
        values.bytes.append(contentsOf: "PGCOPY\n".utf8)
        values.bytes.append(contentsOf: [0xFF, 0x0D, 0x0A, 0x00, 0, 0, 0, 0, 0, 0, 0, 0])
    }

    /// Writes bytes in the text format.
    public mutating func write(_ bytes: some Sequence<UInt8>) throws {
        precondition(!isBinary, "the binary format is written value by value")
        values.bytes.append(contentsOf: bytes)
        if values.bytes.count >= Self.pieceSize { try flush() }
    }

    /// Begins a row in the binary format; exactly this many values must follow.
    public mutating func row(columns: Int16) throws {
        precondition(isBinary, "the statement must say (format binary)")
        if values.bytes.count >= Self.pieceSize { try flush() }
        values.append(columns)
    }

    public mutating func put(_ value: Int32) { values.fixed(value) }
    public mutating func put(_ value: Int64?) { value.map { values.fixed($0) } ?? values.null() }
    public mutating func put(_ value: Money?) { value.map { values.fixed($0.dong) } ?? values.null() }
    public mutating func put(_ value: Day?) { value.map { values.day($0) } ?? values.null() }
    public mutating func put(_ value: Instant) { values.instant(value) }
    public mutating func put(_ value: UUID?) {
        guard let value else { return values.null() }
        withUnsafeBytes(of: value.uuid) { values.raw($0) }
    }

    /// Puts a text; throws ``PostgresError`` if it contains a NUL byte, which PostgreSQL cannot store in text.
    public mutating func put(_ text: String?) throws {
        guard let text else { return values.null() }
        guard !values.text(text) else { throw PostgresError(.data, "a text with a NUL byte cannot be stored") }
    }

    /// Puts a JSON value into a `jsonb` column.
    public mutating func put(json: JSON?) throws {
        guard let json else { return values.null() }
        // A version byte followed by the text.
        values.raw([1] + Array(json.serialized.utf8))
    }

    /// Puts an array of texts into a `text[]` column.
    public mutating func put(_ texts: [String]?) throws {
        guard let texts else { return values.null() }
        let start = values.bytes.count
        values.append(Int32(0))
        // One dimension, no nulls, element type text (25), lower bound 1.
        for part in [1, 0, 25, Int32(texts.count), 1] { values.append(part) }
        for text in texts { try put(text) }
        let length = Int32(values.bytes.count - start - 4)
        withUnsafeBytes(of: length.bigEndian) { values.bytes.replaceSubrange(start..<start + 4, with: $0) }
    }

    mutating func end() throws {
        if isBinary { values.append(Int16(-1)) }
        try flush()
    }

    private mutating func flush() throws {
        guard !values.bytes.isEmpty else { return }
        let sent = values.bytes.withUnsafeBytes { bytes in
            PQputCopyData(session.pointer, bytes.baseAddress!.assumingMemoryBound(to: CChar.self), Int32(bytes.count))
        }
        guard sent == 1 else { throw PostgresError(.connection, "the copy was cut off") }
        values.bytes.removeAll(keepingCapacity: true)
    }
}
