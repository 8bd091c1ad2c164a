import Values

/// Times in machine-readable form.
enum StatementTime {
    /// Reads RFC 3339, the same without offset or seconds as Vietnamese time, or a day alone as its midnight; returns
    /// `nil` for anything else. Works on bytes, because reading a large file spends most of its time here.
    static func parse(_ bytes: ArraySlice<UInt8>) -> Instant? {
        bytes.withUnsafeBufferPointer { parse(Digits(rest: $0[...])) }
    }

    private static func parse(_ digits: Digits) -> Instant? {
        var reader = digits
        guard let year = reader.number(4), reader.skip(UInt8(ascii: "-")), let month = reader.number(2),
            reader.skip(UInt8(ascii: "-")), let dayOfMonth = reader.number(2),
            let day = Day(year: year, month: month, day: dayOfMonth)
        else { return nil }
        if reader.rest.isEmpty { return day.start }
        guard reader.skip(UInt8(ascii: "T")) || reader.skip(UInt8(ascii: " ")) || reader.skip(UInt8(ascii: "t")),
            let hour = reader.number(2), hour < 24, reader.skip(UInt8(ascii: ":")), let minute = reader.number(2),
            minute < 60
        else { return nil }
        var second = 0
        var microseconds: Int64 = 0
        if reader.skip(UInt8(ascii: ":")) {
            guard let read = reader.number(2), read < 60 else { return nil }
            second = read
            if reader.skip(UInt8(ascii: ".")) {
                guard let fraction = reader.fraction() else { return nil }
                microseconds = fraction
            }
        }
        let local = Int64(day.daysSinceEpoch) * 86_400 + Int64(hour * 3600 + minute * 60 + second)
        guard let offset = reader.offset() else { return nil }
        return Instant(microseconds: (local - offset) * 1_000_000 + microseconds)
    }

    static func parse(_ text: some StringProtocol) -> Instant? { parse(Array(text.utf8)[...]) }

    /// Reads `YYYY-MM-DD`.
    static func day(_ bytes: ArraySlice<UInt8>) -> Day? { bytes.count == 10 ? parse(bytes)?.day : nil }
}

/// Reads digits from the front of a text.
private struct Digits {
    /// A view of the caller's array: removing the front of an array slice would count references each time.
    var rest: Slice<UnsafeBufferPointer<UInt8>>

    mutating func skip(_ byte: UInt8) -> Bool {
        guard rest.first == byte else { return false }
        rest = rest.dropFirst()
        return true
    }

    mutating func number(_ count: Int) -> Int? {
        guard rest.count >= count else { return nil }
        var value = 0
        for byte in rest.prefix(count) {
            guard byte &- 48 < 10 else { return nil }
            value = value * 10 + Int(byte - 48)
        }
        rest = rest.dropFirst(count)
        return value
    }

    /// Reads one to nine digits after a point, as microseconds.
    mutating func fraction() -> Int64? {
        let digits = rest.prefix { $0 &- 48 < 10 }
        guard (1...9).contains(digits.count) else { return nil }
        rest = rest.dropFirst(digits.count)
        var value: Int64 = 0
        for place in 0..<6 {
            value = value * 10 + (place < digits.count ? Int64(digits[digits.startIndex + place] - 48) : 0)
        }
        return value
    }

    /// Reads the offset from UTC in seconds, Vietnam's if there is none; returns `nil` for anything else.
    mutating func offset() -> Int64? {
        if rest.isEmpty { return Instant.vietnamOffsetSeconds }
        if skip(UInt8(ascii: "Z")) || skip(UInt8(ascii: "z")) { return rest.isEmpty ? 0 : nil }
        let isEast = skip(UInt8(ascii: "+"))
        guard isEast || skip(UInt8(ascii: "-")), let hours = number(2), hours < 24, skip(UInt8(ascii: ":")),
            let minutes = number(2), minutes < 60, rest.isEmpty
        else { return nil }
        let seconds = Int64(hours * 3600 + minutes * 60)
        return isEast ? seconds : -seconds
    }
}
