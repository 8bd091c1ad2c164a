import Dispatch
public import Postgres
import PureSupport

/// A lock of an account that somebody holds until it is released.
public struct HeldLock: Sendable {
    private let gate = DispatchSemaphore(value: 0)
    private let holder: Task<Void, any Error>

    /// - Parameter kind: what the lock is called in `Locks`.
    public init(_ kind: String, of account: String, _ database: Database) async throws {
        let (gate, name) = (gate, "\(kind):\(account)")
        holder = Task {
            try await database.transaction { tx in
                _ = try tx.query("select 1 from (select pg_advisory_xact_lock(hashtextextended(\(name), 0))) as locked")
                gate.wait()
            }
        }
        try await until("the lock \(name)") {
            try await !database.query("select pg_try_advisory_xact_lock_shared(hashtextextended(\(name), 0))")
                .row().get(0, as: Bool.self)
        }
    }

    /// Lets go of it, in any case.
    public func free() { gate.signal() }

    public func release() async throws {
        free()
        try await holder.value
    }
}
