/// When a failed delivery is retried: after 5 seconds, then after twice as long each time, up to 90 minutes. Each pause
/// varies at random by up to a quarter, so that deliveries that failed together are not retried together.
public enum RetrySchedule {
    static let firstSeconds: Int64 = 5
    static let longestSeconds: Int64 = 5400
    /// How far a pause varies at random, in percent.
    static let jitterPercent: Int64 = 25

    /// The pause in milliseconds after this many failed attempts (at least 1); between 3.75 seconds and 112.5 minutes.
    public static func pauseMilliseconds(
        afterAttempts attempts: Int,
        using generator: inout some RandomNumberGenerator
    ) -> Int64 {
        // The longest pause is reached at the 12th attempt.
        let doublings = max(0, min(attempts - 1, 20))
        let pause = min(firstSeconds << Int64(doublings), longestSeconds) * 1000
        let jitter = pause * jitterPercent / 100
        return pause + Int64.random(in: -jitter...jitter, using: &generator)
    }
}
