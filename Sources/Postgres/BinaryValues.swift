public import Values

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// Values in PostgreSQL's binary format, big-endian, each preceded by its length.
struct BinaryValues {
    var bytes: [UInt8] = []

    /// PostgreSQL counts days and microseconds from 2000-01-01.
    static let epochDays: Int32 = 10_957

    @inline(__always)
    mutating func append(_ value: some FixedWidthInteger) {
        withUnsafeBytes(of: value.bigEndian) { bytes.append(contentsOf: $0) }
    }

    @inline(__always)
    mutating func fixed<Value: FixedWidthInteger>(_ value: Value) {
        append(Int32(MemoryLayout<Value>.size))
        append(value)
    }

    mutating func null() { append(Int32(-1)) }
    mutating func day(_ day: Day) { fixed(day.daysSinceEpoch - Self.epochDays) }
    mutating func instant(_ instant: Instant) {
        fixed(instant.microseconds - Int64(Self.epochDays) * 86_400_000_000)
    }

    /// Appends a text; returns whether it contains a NUL byte, which PostgreSQL cannot store in text.
    mutating func text(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { utf8 in
            append(Int32(utf8.count))
            bytes.append(contentsOf: utf8)
            return utf8.contains(0)
        }
    }

    mutating func raw(_ raw: some Collection<UInt8>) {
        append(Int32(raw.count))
        bytes.append(contentsOf: raw)
    }
}

/// An array of rows of a composite type, bound as one value: a whole batch in one parameter.
///
/// The rows are read by `unnest($1::name_of_the_type[])`. Each row must put exactly the fields of the type, in order
/// and with exactly matching types: `Int32` for `integer`, `Int64` and `Money` for `bigint`, ``Day`` for `date`,
/// ``Instant`` for `timestamptz`.
public struct Records: Bindable {
    public let boundValue: BoundValue
    public let count: Int

    /// - Parameter write: puts the fields of one row.
    public init<Element>(
        _ elements: some Collection<Element>,
        fields: Int,
        _ write: (Element, inout RecordWriter) -> Void
    ) {
        var writer = RecordWriter()
        // One dimension, no nulls, an element type that the server takes from the statement, lower bound 1.
        for part in [elements.isEmpty ? 0 : 1, 0, RecordWriter.unnamedType] { writer.values.append(Int32(part)) }
        if !elements.isEmpty {
            writer.values.append(Int32(elements.count))
            writer.values.append(Int32(1))
        }
        for element in elements {
            let start = writer.values.bytes.count
            writer.values.append(Int32(0))
            writer.values.append(Int32(fields))
            writer.put = 0
            write(element, &writer)
            precondition(writer.put == fields, "\(writer.put) fields were put, the type has \(fields)")
            let length = Int32(writer.values.bytes.count - start - 4)
            withUnsafeBytes(of: length.bigEndian) { writer.values.bytes.replaceSubrange(start..<start + 4, with: $0) }
        }
        count = elements.count
        boundValue = .bytes(writer.values.bytes)
    }
}

/// Puts the fields of a row of ``Records``.
public struct RecordWriter {
    var values = BinaryValues()
    var put = 0

    /// The element type of an array of a composite type: any id above the built-in ones means the type in the
    /// statement.
    static let unnamedType = 16_384

    private enum TypeID {
        static let bool: Int32 = 16
        static let bytea: Int32 = 17
        static let int8: Int32 = 20
        static let int4: Int32 = 23
        static let text: Int32 = 25
        static let date: Int32 = 1082
        static let timestamptz: Int32 = 1184
        static let uuid: Int32 = 2950
    }

    private mutating func field(_ type: Int32) {
        put += 1
        values.append(type)
    }

    public mutating func put(_ value: Int32?) {
        field(TypeID.int4)
        value.map { values.fixed($0) } ?? values.null()
    }

    public mutating func put(_ value: Int64?) {
        field(TypeID.int8)
        value.map { values.fixed($0) } ?? values.null()
    }

    public mutating func put(_ value: Money?) { put(value?.dong) }

    public mutating func put(_ value: Bool) {
        field(TypeID.bool)
        values.fixed(value ? UInt8(1) : 0)
    }

    /// Puts a text; a NUL byte, which PostgreSQL cannot store in text, becomes the replacement character.
    public mutating func put(_ value: String?) {
        field(TypeID.text)
        guard let value else { return values.null() }
        let start = values.bytes.count
        if values.text(value) {
            values.bytes.removeSubrange(start...)
            _ = values.text(value.replacing("\0", with: "\u{FFFD}"))
        }
    }

    public mutating func put(_ value: Day?) {
        field(TypeID.date)
        value.map { values.day($0) } ?? values.null()
    }

    public mutating func put(_ value: Instant?) {
        field(TypeID.timestamptz)
        value.map { values.instant($0) } ?? values.null()
    }

    public mutating func put(_ value: UUID?) {
        field(TypeID.uuid)
        guard let value else { return values.null() }
        withUnsafeBytes(of: value.uuid) { values.raw($0) }
    }

    public mutating func put(bytes value: [UInt8]?) {
        field(TypeID.bytea)
        guard let value else { return values.null() }
        values.raw(value)
    }
}
