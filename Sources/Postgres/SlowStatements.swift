/// Who is told of statements that take long, and what long is.
public struct SlowStatements: Sendable {
    /// One of them.
    public struct Found: Sendable, Hashable {
        /// The first words of it, or of each that was sent with it; never a value.
        public let statement: String
        public let milliseconds: Int64
        /// As `pg_stat_activity` names the connection.
        public let applicationName: String
    }

    /// From how many milliseconds on, waiting for the answer included.
    public var milliseconds: Int64
    /// Called on the connection's thread: it must not wait.
    public var tell: @Sendable (Found) -> Void

    public init(milliseconds: Int64, tell: @escaping @Sendable (Found) -> Void) {
        self.milliseconds = milliseconds
        self.tell = tell
    }
}

extension Session {
    /// Runs statements, and tells of them if that took long, whether it failed or not.
    func timed<Value>(
        _ queries: @autoclosure () -> [Query],
        _ body: () throws(PostgresError) -> Value
    ) throws(PostgresError) -> Value {
        guard let slowStatements else { return try body() }
        let start = ContinuousClock.now
        defer {
            let took = (ContinuousClock.now - start).components
            let milliseconds = took.seconds * 1000 + took.attoseconds / 1_000_000_000_000_000
            if milliseconds >= slowStatements.milliseconds {
                slowStatements.tell(
                    .init(
                        statement: queries().prefix(6).map(\.summary).joined(separator: "; "),
                        milliseconds: milliseconds,
                        applicationName: applicationName
                    )
                )
            }
        }
        return try body()
    }
}
