import Values

/// When the platform is asked what became of an attempt: two minutes after it was begun, then after twice as long each time,
/// up to six hours; for three days, as one known system does.
enum PlatformSchedule {
    private static let firstSeconds: Int64 = 120
    private static let longestSeconds: Int64 = 21_600
    private static let lastSeconds: Int64 = 259_200

    static func first(after madeAt: Instant) -> Instant { madeAt.adding(seconds: firstSeconds) }

    /// When it is asked again; `nil` to ask no more.
    ///
    /// - Parameter attempts: how often it was asked, at least once.
    static func next(
        after attempts: Int,
        madeAt: Instant,
        now: Instant,
        using generator: inout some RandomNumberGenerator
    ) -> Instant? {
        guard now < madeAt.adding(seconds: lastSeconds) else { return nil }
        let pause = min(firstSeconds << Int64(max(0, min(attempts, 20))), longestSeconds)
        // Attempts that were begun together are not asked for together.
        return now.adding(seconds: pause + Int64.random(in: 0...(pause / 10), using: &generator))
    }
}
