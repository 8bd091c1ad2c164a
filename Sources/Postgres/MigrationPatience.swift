/// How far a migrator may stand in the way of a service that goes on working meanwhile.
///
/// Whoever waits for a lock of a whole table holds up everybody who comes after him, and so does whoever holds it. Each file is
/// therefore tried for a moment, given up, and tried again.
public struct MigrationPatience: Sendable {
    /// The longest that one try of a file takes, in milliseconds: so long at most others wait for what it has locked.
    public var holdMilliseconds = 1000
    /// The longest that it waits for one lock. Less than PostgreSQL's `deadlock_timeout`: of two who wait for each other it is
    /// the migrator who gives way.
    public var lockMilliseconds = 500
    /// How often a file is tried.
    public var attempts = 120
    /// How often a file is tried that takes too long by itself: again and again it would only cost the others a second.
    public var attemptsTooLong = 10
    /// Between two tries, on average.
    public var pause = Duration.seconds(1)

    public init() {}
}
