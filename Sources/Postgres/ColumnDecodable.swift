public import Values

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// A type that can be read from a column. Reading a column as the wrong type is an error, never a conversion.
public protocol ColumnDecodable: Sendable {
    init(from cell: Cell) throws
}

extension UnsafeRawBufferPointer {
    func bigEndian<T: FixedWidthInteger>(_ type: T.Type, at offset: Int = 0) -> T {
        T(bigEndian: loadUnaligned(fromByteOffset: offset, as: T.self))
    }
}

extension Int64: ColumnDecodable {
    public init(from cell: Cell) throws {
        guard !cell.isNull else { throw cell.mismatch("Int64") }
        switch cell.type {
        case TypeID.int8: self = cell.bytes.bigEndian(Int64.self)
        case TypeID.int4: self = Int64(cell.bytes.bigEndian(Int32.self))
        case TypeID.int2: self = Int64(cell.bytes.bigEndian(Int16.self))
        default: throw cell.mismatch("Int64")
        }
    }
}

extension Int: ColumnDecodable {
    public init(from cell: Cell) throws { self = Int(try Int64(from: cell)) }
}

extension Int32: ColumnDecodable {
    public init(from cell: Cell) throws {
        guard let value = Int32(exactly: try Int64(from: cell)) else { throw cell.mismatch("Int32") }
        self = value
    }
}

extension Bool: ColumnDecodable {
    public init(from cell: Cell) throws {
        guard !cell.isNull, cell.type == TypeID.bool else { throw cell.mismatch("Bool") }
        self = cell.bytes[0] != 0
    }
}

extension String: ColumnDecodable {
    public init(from cell: Cell) throws {
        guard !cell.isNull else { throw cell.mismatch("String") }
        switch cell.type {
        case TypeID.text, TypeID.varchar, TypeID.bpchar, TypeID.name, TypeID.json:
            self = String(decoding: cell.bytes, as: UTF8.self)
        // Binary jsonb is a version byte followed by the text.
        case TypeID.jsonb: self = String(decoding: cell.bytes.dropFirst(), as: UTF8.self)
        default: throw cell.mismatch("String")
        }
    }
}

extension Bytes: ColumnDecodable {
    public init(from cell: Cell) throws {
        guard !cell.isNull, cell.type == TypeID.bytea else { throw cell.mismatch("Bytes") }
        self.init(cell.bytes)
    }
}

extension Money: ColumnDecodable {
    public init(from cell: Cell) throws { self.init(try Int64(from: cell)) }
}

extension Day: ColumnDecodable {
    public init(from cell: Cell) throws {
        guard !cell.isNull, cell.type == TypeID.date else { throw cell.mismatch("Day") }
        self.init(daysSinceEpoch: cell.bytes.bigEndian(Int32.self) + 10_957)  // PostgreSQL counts from 2000-01-01.
    }
}

extension Instant: ColumnDecodable {
    public init(from cell: Cell) throws {
        guard !cell.isNull, cell.type == TypeID.timestamptz else { throw cell.mismatch("Instant") }
        self.init(microseconds: cell.bytes.bigEndian(Int64.self) + 946_684_800_000_000)
    }
}

extension JSON: ColumnDecodable {
    public init(from cell: Cell) throws { self = try JSON.parse(try String(from: cell)) }
}

extension UUID: ColumnDecodable {
    public init(from cell: Cell) throws {
        guard !cell.isNull, cell.type == TypeID.uuid, cell.bytes.count == 16 else { throw cell.mismatch("UUID") }
        self.init(uuid: cell.bytes.loadUnaligned(as: uuid_t.self))
    }
}

extension Optional: ColumnDecodable where Wrapped: ColumnDecodable {
    public init(from cell: Cell) throws { self = cell.isNull ? nil : try Wrapped(from: cell) }
}

extension Array: ColumnDecodable where Element: ArrayDecodable {
    /// Reads a one-dimensional array; null elements are rejected.
    public init(from cell: Cell) throws {
        guard !cell.isNull else { throw cell.mismatch("Array") }
        let bytes = cell.bytes
        let dimensions = bytes.bigEndian(Int32.self)
        if dimensions == 0 {
            self = []
            return
        }
        let type = bytes.bigEndian(UInt32.self, at: 8)
        guard dimensions == 1, Element.arrayTypes.contains(type) else { throw cell.mismatch("Array") }
        let count = Int(bytes.bigEndian(Int32.self, at: 12))
        var offset = 20
        self = []
        reserveCapacity(count)
        for _ in 0..<count {
            let length = Int(bytes.bigEndian(Int32.self, at: offset))
            guard length >= 0 else { throw cell.mismatch("Array without nulls") }
            append(Element(element: UnsafeRawBufferPointer(rebasing: bytes[(offset + 4)..<(offset + 4 + length)])))
            offset += 4 + length
        }
    }
}

extension Int64: ArrayDecodable {
    public static var arrayTypes: [UInt32] { [TypeID.int8] }
    public init(element: UnsafeRawBufferPointer) { self = element.bigEndian(Int64.self) }
}

extension String: ArrayDecodable {
    public static var arrayTypes: [UInt32] { [TypeID.text, TypeID.varchar, TypeID.bpchar] }
    public init(element: UnsafeRawBufferPointer) { self = String(decoding: element, as: UTF8.self) }
}
