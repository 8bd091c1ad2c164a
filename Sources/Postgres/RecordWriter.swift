public import Values

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

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
