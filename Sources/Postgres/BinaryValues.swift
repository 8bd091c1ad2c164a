import Values

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
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
