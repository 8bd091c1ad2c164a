public import Values

/// How often a connection is usually called, by hour of the week, learned from the weeks before.
///
/// The weeks before today count, up to eight; an hour's rate is the mean over them, so that one busy or silent week moves it
/// little.
public struct ConnectionRhythm: Sendable {
    /// The callbacks of one hour.
    public struct Hour: Sendable, Hashable {
        /// Its beginning, in hours since 1970.
        public let hour: Int64
        public let callbacks: Int64

        public init(hour: Int64, callbacks: Int64) {
            self.hour = hour
            self.callbacks = callbacks
        }
    }

    /// How many weeks are looked at.
    public static let weeks: Int64 = 8
    /// A rhythm of less than two weeks is none.
    public static let leastWeeks: Int64 = 2
    private static let hoursOfWeek: Int64 = 168
    /// By hour of the week in UTC: Vietnam's is a whole number of hours away, which only shifts them.
    private let rates: [Double]
    /// Whether there are weeks enough to expect anything.
    public let isKnown: Bool

    /// - Parameters:
    ///   - hours: the hours in which the connection was called; what is missing had no callback.
    ///   - since: when the connection was set up.
    public init(_ hours: [Hour], since: Instant, now: Instant) {
        let today = now.unixSeconds / 3600
        let age = (now.unixSeconds - since.unixSeconds) / 3600 / ConnectionRhythm.hoursOfWeek
        let weeks = min(ConnectionRhythm.weeks, age)
        isKnown = weeks >= ConnectionRhythm.leastWeeks
        var sums = [Double](repeating: 0, count: Int(ConnectionRhythm.hoursOfWeek))
        let first = today - weeks * ConnectionRhythm.hoursOfWeek
        for hour in hours where hour.hour >= first && hour.hour < today {
            sums[ConnectionRhythm.slot(hour.hour)] += Double(hour.callbacks)
        }
        rates = sums.map { weeks > 0 ? $0 / Double(weeks) : 0 }
    }

    private static func slot(_ hour: Int64) -> Int { Int(((hour % hoursOfWeek) + hoursOfWeek) % hoursOfWeek) }

    /// The callbacks that are usual in the hour of an instant.
    public func usual(at instant: Instant) -> Double { rates[ConnectionRhythm.slot(instant.unixSeconds / 3600)] }

    /// The callbacks that are usual from one instant to another; at most those of two weeks are added up.
    public func expected(from start: Instant, to end: Instant) -> Double {
        let last = end.unixSeconds
        var at = max(start.unixSeconds, last - 2 * ConnectionRhythm.hoursOfWeek * 3600)
        var sum = 0.0
        while at < last {
            let next = min(last, (at / 3600 + 1) * 3600)
            sum += rates[ConnectionRhythm.slot(at / 3600)] * Double(next - at) / 3600
            at = next
        }
        return sum
    }
}
