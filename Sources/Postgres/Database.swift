/// The way in: every statement of the program goes through one of these calls.
public struct Database: Sendable {
    public let pool: Pool

    public init(_ options: DatabaseOptions) { pool = Pool(options) }

    public func close() async { await pool.close() }

    /// Runs one statement, committed when it returns.
    public func query(_ query: Query) async throws -> Rows {
        try await withLiveConnection { try await $0.query(query) }
    }

    /// Runs statements that each commit by themselves, on one connection.
    public func autocommit<Value: Sendable>(
        _ body: @Sendable (borrowing Transaction) throws -> Value
    ) async throws -> Value {
        try await withLiveConnection { try await $0.autocommit(body) }
    }

    /// Reads in one snapshot.
    public func read<Value: Sendable>(
        _ body: @Sendable (borrowing Transaction) throws -> Value
    ) async throws -> Value {
        try await withLiveConnection { try await $0.transaction(.readOnly, body) }
    }

    /// Runs the body in a transaction; the whole body again where PostgreSQL reports a deadlock or a serialisation failure.
    ///
    /// - Parameter attempts: how often in all, with a short random pause between.
    public func transaction<Value: Sendable>(
        _ isolation: Isolation = .readCommitted,
        attempts: Int = 5,
        _ body: @Sendable (borrowing Transaction) throws -> Value
    ) async throws -> Value {
        try await retrying(attempts: attempts) {
            try await withLiveConnection { try await $0.transaction(isolation, body) }
        }
    }

    /// Does work again that failed transiently.
    public func retrying<Value>(attempts: Int = 5, _ work: () async throws -> Value) async throws -> Value {
        var attempt = 1
        while true {
            do {
                return try await work()
            } catch let error as PostgresError where error.isTransient && attempt < attempts {
                try await Task.sleep(for: .milliseconds(Int.random(in: 1...(10 << attempt))))
                attempt += 1
            }
        }
    }

    /// Lends a connection; where the one lent turns out to have been closed while it was idle, before anything was sent,
    /// the next one is taken, so that a restarted server is not felt as a burst of errors.
    private func withLiveConnection<Value: Sendable>(
        _ body: (Connection) async throws -> Value
    ) async throws -> Value {
        var attempts = pool.options.poolSize
        while true {
            do {
                return try await pool.withConnection(body)
            } catch let error as PostgresError where error.wasIdleClosed && attempts > 0 {
                attempts -= 1
            }
        }
    }
}
