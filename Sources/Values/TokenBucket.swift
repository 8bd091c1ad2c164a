/// A token bucket in whole numbers: so many at once, and so many a minute in the long run. Pure; times are microseconds of
/// any clock that never goes back.
public struct TokenBucket: Sendable, Hashable {
    /// How much a bucket allows.
    public struct Rate: Sendable, Hashable {
        /// How many at once, at least 1.
        public let burst: Int64
        /// How many a minute are added, at least 1.
        public let perMinute: Int64

        /// - Precondition: both are from 1 to 100 million.
        public init(burst: Int64, perMinute: Int64) {
            precondition((1...100_000_000).contains(burst) && (1...100_000_000).contains(perMinute))
            self.burst = burst
            self.perMinute = perMinute
        }

        /// A minute's worth at once.
        public init(perMinute: Int64) { self.init(burst: perMinute, perMinute: perMinute) }
    }

    /// One token in the units of ``level``: a rate of n a minute adds n of them a microsecond.
    private static let token: Int64 = 60_000_000

    /// What was in it at ``updated``.
    private var level: Int64
    private var updated: Int64

    /// A full bucket.
    public init(_ rate: Rate, at now: Int64) {
        level = rate.burst * TokenBucket.token
        updated = now
    }

    /// Takes tokens if there are as many; returns the microseconds until there will be otherwise, and takes none. More
    /// tokens than the burst are never there: the answer is then the time until it is full.
    public mutating func take(_ count: Int64 = 1, of rate: Rate, at now: Int64) -> Int64? {
        let wanted = count * TokenBucket.token
        level = level(of: rate, at: now)
        updated = max(updated, now)
        guard level < wanted else {
            level -= wanted
            return nil
        }
        let missing = min(wanted, rate.burst * TokenBucket.token) - level
        return (missing + rate.perMinute - 1) / rate.perMinute
    }

    /// Whether it is full: a bucket that is says nothing and need not be kept.
    public func isFull(_ rate: Rate, at now: Int64) -> Bool {
        level(of: rate, at: now) == rate.burst * TokenBucket.token
    }

    private func level(of rate: Rate, at now: Int64) -> Int64 {
        let full = rate.burst * TokenBucket.token
        let (added, isHuge) = max(0, now - updated).multipliedReportingOverflow(by: rate.perMinute)
        let (sum, isOver) = level.addingReportingOverflow(added)
        return isHuge || isOver ? full : min(full, sum)
    }
}
