/// The single entry point to the database: every statement of the program goes through one of these calls.
public struct Database: Sendable {
    public let pool: Pool

    public init(_ options: DatabaseOptions) { pool = Pool(options) }

    public func close() async { await pool.close() }

    /// Runs one statement, which is committed when this returns.
    public func query(_ query: Query) async throws -> Rows {
        try await withLiveConnection { try await $0.query(query) }
    }

    /// Runs statements on one connection; each commits on its own.
    public func autocommit<Value: Sendable>(
        _ body: @Sendable (borrowing Transaction) throws -> Value
    ) async throws -> Value {
        try await withLiveConnection { try await $0.autocommit(body) }
    }

    /// Runs reading statements that all see the same snapshot.
    public func read<Value: Sendable>(
        _ body: @Sendable (borrowing Transaction) throws -> Value
    ) async throws -> Value {
        try await withLiveConnection { try await $0.transaction(.readOnly, body) }
    }

    /// Lends one connection for several statements and transactions, so that a lock of the connection can span them.
    public func session<Value: Sendable>(
        _ body: (Connection) async throws -> Value
    ) async throws -> Value {
        try await withLiveConnection(body)
    }

    /// Runs the body in a transaction, and again from the start if PostgreSQL reports a deadlock or serialisation
    /// failure.
    ///
    /// - Parameter attempts: the most times the body runs, with a short random pause between.
    public func transaction<Value: Sendable>(
        _ isolation: Isolation = .readCommitted,
        attempts: Int = 5,
        _ body: @Sendable (borrowing Transaction) throws -> Value
    ) async throws -> Value {
        try await retrying(attempts: attempts) {
            try await withLiveConnection { try await $0.transaction(isolation, body) }
        }
    }

    /// Repeats work that failed with a transient error.
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

    /// Lends a connection; if the server had closed it while it was idle, the next one is lent instead, so that a
    /// restart of the server does not cause a burst of errors.
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
