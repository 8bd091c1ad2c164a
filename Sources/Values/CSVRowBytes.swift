/// One record of a CSV text as bytes, valid UTF-8; fields become strings when they are asked for.
///
/// It shares the scanner's buffer. Keeping one after the call that received it is safe but copies the buffer.
public struct CSVRowBytes: Sendable {
    /// The line of the text on which the record begins, from 1.
    public let line: Int
    /// The record's fields, unquoted, separated by one byte; ``range(_:)`` locates them.
    public let bytes: [UInt8]
    private let ends: [Int]

    init(line: Int, bytes: [UInt8], ends: [Int]) {
        self.line = line
        self.bytes = bytes
        self.ends = ends
    }

    /// How many fields the record has; at least one.
    public var count: Int { ends.count }

    /// The range of a field in ``bytes``. The field must be in `0..<count`.
    @inline(__always)
    public func range(_ field: Int) -> Range<Int> {
        let start = field == 0 ? 0 : ends[field - 1] + 1
        return Range(uncheckedBounds: (start, ends[field]))
    }

    /// The range of a field in ``bytes`` without surrounding spaces.
    @inline(__always)
    public func trimmedRange(_ field: Int) -> Range<Int> {
        var range = range(field)
        while !range.isEmpty, bytes[range.lowerBound] == 0x20 { range = range.lowerBound + 1..<range.upperBound }
        while !range.isEmpty, bytes[range.upperBound - 1] == 0x20 { range = range.lowerBound..<range.upperBound - 1 }
        return range
    }

    /// The text of a range of ``bytes``.
    public func string(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

    /// A field's text.
    public func string(_ field: Int) -> String { string(range(field)) }

    /// The texts of all fields.
    public var fields: [String] { (0..<count).map(string) }
}
