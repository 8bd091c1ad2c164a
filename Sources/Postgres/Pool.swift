import Synchronization

/// A bounded pool of connections, lent in the order of the requests.
public final class Pool: Sendable {
    private typealias Waiter = CheckedContinuation<Grant, any Error>

    /// What a waiter receives: a connection, or permission to open one.
    private enum Grant: Sendable {
        case lend(Connection)
        case open
    }

    public let options: DatabaseOptions
    private let state: Mutex<PoolState<Connection, Waiter>>

    public init(_ options: DatabaseOptions) {
        self.options = options
        state = Mutex(PoolState(size: options.poolSize, maximumWaiters: options.maximumWaiters))
    }

    /// The numbers of lent and idle connections and of waiting tasks, for metrics.
    public var usage: (lent: Int, idle: Int, waiting: Int) {
        state.withLock { ($0.lent, $0.idle.count, $0.waiting) }
    }

    /// Lends a connection for the duration of the body. A connection that is then broken or still inside a transaction
    /// is closed and replaced.
    public func withConnection<Value: Sendable>(
        _ body: (Connection) async throws -> Value
    ) async throws -> Value {
        let connection = try await acquire()
        do {
            let value = try await body(connection)
            await release(connection)
            return value
        } catch {
            await release(connection)
            throw error
        }
    }

    /// Closes idle connections now and lent ones when they are returned; waiting tasks are refused.
    public func close() async {
        let (idle, waiters) = state.withLock { $0.close() }
        for waiter in waiters { waiter.resume(throwing: PostgresError(.poolExhausted, "the pool is closed")) }
        for connection in idle { await connection.close() }
    }

    /// Closes the idle connections, so that the next ones find their server anew.
    func closeIdle() async {
        for connection in state.withLock({ $0.takeIdle() }) { await connection.close() }
    }

    private func acquire() async throws -> Connection {
        switch state.withLock({ $0.acquire() }) {
        case .lend(let connection): return connection
        case .open: return try await open()
        case .refuse(let reason): throw PostgresError(.poolExhausted, reason)
        case .wait:
            switch try await wait() {
            case .lend(let connection): return connection
            case .open: return try await open()
            }
        }
    }

    private func open() async throws -> Connection {
        do {
            return try await Connection.open(options)
        } catch {
            settle(state.withLock { $0.discard() })
            throw error
        }
    }

    private func wait() async throws -> Grant {
        let number = Mutex<Int?>(nil)
        let timeout = Task {
            try await Task.sleep(for: options.acquireTimeout)
            self.giveUp(
                number.withLock { $0 },
                PostgresError(.poolExhausted, "none was given back within \(options.acquireTimeout)")
            )
        }
        defer { timeout.cancel() }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (waiter: Waiter) in
                // A connection may have been returned since the first check: check again, and queue under the same
                // lock.
                let acquisition = state.withLock { state in
                    let acquisition = state.acquire()
                    if case .wait(let own) = acquisition {
                        state.enqueue(waiter, number: own)
                        number.withLock { $0 = own }
                    }
                    return acquisition
                }
                switch acquisition {
                case .lend(let connection): waiter.resume(returning: .lend(connection))
                case .open: waiter.resume(returning: .open)
                case .refuse(let reason): waiter.resume(throwing: PostgresError(.poolExhausted, reason))
                case .wait(let own): if Task.isCancelled { giveUp(own, CancellationError()) }
                }
            }
        } onCancel: {
            giveUp(number.withLock { $0 }, CancellationError())
        }
    }

    private func giveUp(_ number: Int?, _ error: any Error) {
        guard let number, let waiter = state.withLock({ $0.remove(number: number) }) else { return }
        waiter.resume(throwing: error)
    }

    private func release(_ connection: Connection) async {
        if await connection.isReusable {
            settle(state.withLock { $0.release(connection) })
        } else {
            await connection.close()
            settle(state.withLock { $0.discard() })
        }
    }

    private func settle(_ release: PoolState<Connection, Waiter>.Release) {
        switch release {
        case .none: break
        case .hand(let waiter, let connection): waiter.resume(returning: .lend(connection))
        case .openFor(let waiter): waiter.resume(returning: .open)
        case .close(let connection): Task { await connection.close() }
        }
    }
}
