public import Values

/// Hours of each day, in Vietnam's time, such as those in which nobody is expected to log in; they may go over midnight.
public struct NightHours: Sendable, Hashable {
    /// Minutes since midnight.
    public let from: Int64
    /// Minutes since midnight; not part of it any more.
    public let to: Int64

    /// From 22:00 to 06:00.
    public static let standard = NightHours(from: 22 * 60, to: 6 * 60)

    private init(from: Int64, to: Int64) {
        self.from = from
        self.to = to
    }

    /// Reads `22:00-06:00`; returns `nil` for anything else, or hours that are all day or none.
    public init?(_ text: String) {
        let times = text.split(separator: "-", omittingEmptySubsequences: false).map { time -> Int64? in
            guard let match = time.wholeMatch(of: /([01]\d|2[0-3]):([0-5]\d)/), let hour = Int64(match.1),
                let minute = Int64(match.2)
            else { return nil }
            return hour * 60 + minute
        }
        guard times.count == 2, let from = times[0], let to = times[1], from != to else { return nil }
        self.init(from: from, to: to)
    }

    /// Whether an instant lies in them.
    public func contains(_ instant: Instant) -> Bool {
        let minute = (instant.microseconds - instant.day.start.microseconds) / 60_000_000
        return from < to ? (from..<to).contains(minute) : minute >= from || minute < to
    }
}
