#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A point in time to the microsecond, what PostgreSQL's `timestamptz` holds.
public struct Instant: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// Microseconds since 1970-01-01T00:00:00Z.
    public let microseconds: Int64

    public init(microseconds: Int64) { self.microseconds = microseconds }
    public init(unixSeconds: Int64) { microseconds = unixSeconds * 1_000_000 }

    /// The time zone of business days: Asia/Ho_Chi_Minh, UTC+7 all year since 1975. SQL uses the zone's name; both
    /// agree for every day since 1975-06-13.
    public static let vietnamOffsetSeconds: Int64 = 7 * 3600
    public static let vietnamZoneName = "Asia/Ho_Chi_Minh"

    /// The system's clock, now.
    public static func now() -> Instant {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Instant(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000)
    }

    /// Whole seconds since 1970, rounded down.
    public var unixSeconds: Int64 { floorDivide(microseconds, 1_000_000) }

    /// The business day this instant falls on, in Vietnam.
    public var day: Day {
        Day(daysSinceEpoch: Int32(floorDivide(unixSeconds + Self.vietnamOffsetSeconds, 86_400)))
    }

    public func adding(seconds: Int64) -> Instant { Instant(microseconds: microseconds + seconds * 1_000_000) }

    public static func < (left: Instant, right: Instant) -> Bool { left.microseconds < right.microseconds }

    /// RFC 3339 in Vietnamese time, `2026-11-21T09:30:00+07:00`, with a fraction if it is not zero.
    public var description: String {
        let local = unixSeconds + Self.vietnamOffsetSeconds
        let second = Int(local - floorDivide(local, 86_400) * 86_400)
        let fraction = Int(microseconds - unixSeconds * 1_000_000)
        var text = "\(day)T\(padded(second / 3600, 2)):\(padded(second / 60 % 60, 2)):\(padded(second % 60, 2))"
        if fraction != 0 {
            text += "." + padded(fraction, 6)
            while text.last == "0" { text.removeLast() }
        }
        return text + "+07:00"
    }

    /// `09:30 21/11/2026`: for people in Vietnam.
    public var formatted: String {
        let second = secondOfDay
        return "\(padded(second / 3600, 2)):\(padded(second / 60 % 60, 2)) \(day.formatted)"
    }

    /// The same with the seconds, such as `14:03:05 26/11/2026`.
    public var formattedToTheSecond: String {
        let second = secondOfDay
        return "\(padded(second / 3600, 2)):\(padded(second / 60 % 60, 2)):\(padded(second % 60, 2)) \(day.formatted)"
    }

    /// By the clocks of Việt Nam.
    private var secondOfDay: Int {
        let local = unixSeconds + Self.vietnamOffsetSeconds
        return Int(local - floorDivide(local, 86_400) * 86_400)
    }

    /// Reads RFC 3339 with `T` or a space, a fraction of at most 9 digits and an offset; `nil` for anything else.
    public init?(_ text: some StringProtocol) {
        let bytes = Array(text.utf8)
        guard bytes.count >= 20, bytes.count <= 40, let day = Day(String(decoding: bytes[0..<10], as: UTF8.self)) else {
            return nil
        }
        guard [UInt8(ascii: "T"), UInt8(ascii: "t"), UInt8(ascii: " ")].contains(bytes[10]) else { return nil }
        guard let clock = ClockTime(bytes[11..<19]) else { return nil }
        var index = 19
        var fraction: Int64 = 0
        if bytes[index] == UInt8(ascii: ".") {
            let digits = bytes[(index + 1)...].prefix { (48...57).contains($0) }
            guard (1...9).contains(digits.count) else { return nil }
            for place in 0..<6 {
                fraction = fraction * 10 + (place < digits.count ? Int64(digits[index + 1 + place] - 48) : 0)
            }
            index += 1 + digits.count
        }
        guard let offset = Self.offset(bytes[index...]) else { return nil }
        let seconds = Int64(day.daysSinceEpoch) * 86_400 + clock.seconds - offset
        microseconds = seconds * 1_000_000 + fraction
    }

    private static func offset(_ bytes: ArraySlice<UInt8>) -> Int64? {
        guard let sign = bytes.first else { return nil }
        if bytes.count == 1, sign == UInt8(ascii: "Z") || sign == UInt8(ascii: "z") { return 0 }
        guard bytes.count == 6, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") else { return nil }
        guard let clock = ClockTime(Array(bytes.dropFirst()) + Array(":00".utf8)) else { return nil }
        return sign == UInt8(ascii: "-") ? -clock.seconds : clock.seconds
    }
}

/// `HH:MM:SS`, 24 hours.
private struct ClockTime {
    let seconds: Int64

    init?(_ slice: some Collection<UInt8>) {
        let bytes = Array(slice)
        guard bytes.count == 8, bytes[2] == UInt8(ascii: ":"), bytes[5] == UInt8(ascii: ":") else { return nil }
        func pair(_ index: Int) -> Int64? {
            guard (48...57).contains(bytes[index]), (48...57).contains(bytes[index + 1]) else { return nil }
            return Int64(bytes[index] - 48) * 10 + Int64(bytes[index + 1] - 48)
        }
        guard let hour = pair(0), let minute = pair(3), let second = pair(6) else { return nil }
        guard hour < 24, minute < 60, second < 60 else { return nil }
        seconds = hour * 3600 + minute * 60 + second
    }
}

func floorDivide(_ value: Int64, _ divisor: Int64) -> Int64 {
    let quotient = value / divisor
    return value % divisor < 0 ? quotient - 1 : quotient
}
