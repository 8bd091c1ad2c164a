/// When a failed delivery is tried again: after 5 seconds, then ever twice as long, up to 90 minutes, each a quarter more or
/// less by chance, so that what failed together does not come back together.
public enum RetrySchedule {
    static let firstSeconds: Int64 = 5
    static let longestSeconds: Int64 = 5400
    /// How far chance moves a pause, either way, in percent.
    static let jitterPercent: Int64 = 25

    /// The pause in milliseconds after so many failed attempts (1 and up); at least 3.75 seconds, at most 112.5 minutes.
    public static func pauseMilliseconds(
        afterAttempts attempts: Int,
        using generator: inout some RandomNumberGenerator
    ) -> Int64 {
        // From the 12th attempt on it is the longest.
        let doublings = max(0, min(attempts - 1, 20))
        let pause = min(firstSeconds << Int64(doublings), longestSeconds) * 1000
        let jitter = pause * jitterPercent / 100
        return pause + Int64.random(in: -jitter...jitter, using: &generator)
    }
}
