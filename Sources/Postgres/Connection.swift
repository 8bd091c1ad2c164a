/// One connection to PostgreSQL, isolated to its own thread.
public actor Connection {
    private nonisolated let thread: ConnectionThread
    private nonisolated let canceller: Canceller
    private var session: Session?
    public nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    private init() {
        thread = ConnectionThread()
        canceller = Canceller()
    }

    deinit { thread.stop() }

    /// Opens a connection; throws ``PostgresError`` if that fails.
    public static func open(_ options: DatabaseOptions) async throws -> Connection {
        let connection = Connection()
        try await connection.connect(options)
        return connection
    }

    private func connect(_ options: DatabaseOptions) throws {
        let session = try Session(options)
        canceller.connected(to: session.pointer)
        self.session = session
    }

    /// Closes the connection; later calls throw.
    public func close() {
        canceller.disconnected()
        session = nil
    }

    /// Whether the connection can be lent again: alive and outside any transaction.
    var isReusable: Bool {
        guard let session, !canceller.wasUsed else { return false }
        return !session.isBroken && session.isIdle
    }

    /// Runs a single statement, which is committed when this returns.
    public nonisolated func query(_ query: Query) async throws -> Rows {
        try await cancellable { try await $0.run($1) { session in try session.execute(query) } }
    }

    /// Lends the connection without opening a transaction: each statement commits on its own.
    public nonisolated func autocommit<Value: Sendable>(
        _ body: @Sendable (borrowing Transaction) throws -> Value
    ) async throws -> Value {
        try await cancellable { try await $0.run($1) { session in try body(Transaction(session: session)) } }
    }

    /// Runs the body in a transaction on this connection's thread; an error thrown rolls it back.
    public nonisolated func transaction<Value: Sendable>(
        _ isolation: Isolation = .readCommitted,
        _ body: @Sendable (borrowing Transaction) throws -> Value
    ) async throws -> Value {
        try await cancellable {
            try await $0.run($1) { session in
                try session.script(isolation.begin)
                let value: Value
                do {
                    value = try body(Transaction(session: session))
                } catch {
                    // The error that ended the body is the one to throw; a connection that cannot roll back is dropped.
                    if !session.isBroken { do { try session.script("rollback") } catch {} }
                    throw error
                }
                try session.script("commit")
                return value
            }
        }
    }

    private nonisolated func cancellable<Value: Sendable>(
        _ operation: (Connection, Int) async throws -> Value
    ) async throws -> Value {
        let call = canceller.issue()
        return try await withTaskCancellationHandler {
            try await operation(self, call)
        } onCancel: {
            canceller.cancel(call)
        }
    }

    /// Runs blocking work on the connection's thread; cancelling the task also cancels its statement.
    private func run<Value: Sendable>(_ call: Int, _ body: @Sendable (Session) throws -> Value) throws -> Value {
        guard let session else { throw PostgresError(.connection, "the connection is closed") }
        canceller.begin(call)
        defer { canceller.end() }
        try Task.checkCancellation()
        try session.checkAlive()
        do {
            return try body(session)
        } catch let error as PostgresError where error.sqlState == .queryCanceled && canceller.wasUsed {
            throw CancellationError()
        }
    }
}
