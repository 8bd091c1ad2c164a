import Values

/// Times as written by gateways. If one cannot be read, the time of receipt is used: money is never rejected because of
/// the format of its date.
enum ProviderTime {
    /// Reads `20261121093000` in Vietnamese time.
    static func compact(_ text: String) -> Instant? {
        let digits = Array(text.utf8)
        guard digits.count == 14 else { return nil }
        func part(_ range: Range<Int>) -> String { String(decoding: digits[range], as: UTF8.self) }
        return Instant(
            "\(part(0..<4))-\(part(4..<6))-\(part(6..<8))T\(part(8..<10)):\(part(10..<12)):\(part(12..<14))+07:00"
        )
    }

    /// Reads `2026-11-21 09:30:00` in Vietnamese time, or RFC 3339 with an offset.
    static func local(_ text: String) -> Instant? { Instant(text) ?? Instant(text + "+07:00") }

    /// Reads milliseconds since 1970, as a JSON number or digits in a string.
    static func milliseconds(_ value: JSON?) -> Instant? {
        guard let count = value?.integer ?? value?.string.flatMap(wholeNumber), (0..<10_000_000_000_000).contains(count)
        else { return nil }
        return Instant(microseconds: count * 1000)
    }
}

extension Instant {
    /// `20261121093000`, Vietnamese time, as gateways write times.
    var compactDigits: String { String(description.filter(\.isNumber).prefix(14)) }
}
