import Postgres
import Synchronization
import Values
import Workflow

/// The runs of this server that wait or are under way, by account, so that a second request for an account is refused at
/// once and takes no connection.
final class RunsUnderWay: Sendable {
    /// The id of each run; `nil` before it has begun.
    private let ids = Mutex<[String: Int64?]>([:])

    private struct Occupant {
        /// Its id; `nil` before it has begun.
        let run: Int64?
    }

    /// Admits a run of an account.
    ///
    /// - Throws: `already-running` with the id of the run that waits or is under way.
    func admit(_ account: String) async throws {
        try await untilFree(account) { ids in ids[account] = .some(nil) }
    }

    /// Throws `already-running` if a run of the account waits or is under way; for what would have to wait for it.
    func refuse(_ account: String) async throws {
        try await untilFree(account) { _ in }
    }

    /// In the instant before a run knows its id it cannot be named, so it is waited for.
    private func untilFree(_ account: String, _ body: (inout [String: Int64?]) -> Void) async throws {
        var attempts = 200
        while let other = occupant(of: account, orDo: body) {
            if let id = other.run { throw ServiceError(.alreadyRunning, .runUnderWay(id, account: account)) }
            attempts -= 1
            guard attempts > 0 else { throw ServiceError.lockedTooLong }
            try await Task.sleep(for: .milliseconds(50))
        }
    }

    private func occupant(of account: String, orDo body: (inout [String: Int64?]) -> Void) -> Occupant? {
        ids.withLock { ids in
            if let run = ids[account] { return Occupant(run: run) }
            body(&ids)
            return nil
        }
    }

    func began(_ account: String, _ id: Int64) { ids.withLock { $0[account] = id } }

    func ended(_ account: String) { _ = ids.withLock { $0.removeValue(forKey: account) } }
}

extension Reconciliation {
    /// Takes the account's lock on a connection, for a run that nothing else may overlap, and runs the body.
    ///
    /// Persons who sign a day off or decide about a case hold the lock for an instant, so it is tried for a while.
    /// - Throws: `already-running` if another server's run holds it.
    static func exclusively<Value: Sendable>(
        _ account: String,
        _ connection: Connection,
        _ body: () async throws -> Value
    ) async throws -> Value {
        var attempts = 200
        while try await !connection.query(Locks.tryRun(of: account)).row().get(0, as: Bool.self) {
            let other = try await connection.query(unfinished(account)).first
            if let other { throw ServiceError(.alreadyRunning, .runUnderWay(try other.get(0), account: account)) }
            attempts -= 1
            guard attempts > 0 else { throw ServiceError.lockedTooLong }
            try await Task.sleep(for: .milliseconds(50))
        }
        let value: Value
        do {
            value = try await body()
        } catch {
            // A connection that cannot give the lock back is closed, which gives it back.
            do { _ = try await connection.query(Locks.endRun(of: account)) } catch {}
            throw error
        }
        _ = try await connection.query(Locks.endRun(of: account))
        return value
    }

    /// Takes the account's lock for a transaction that no run may overlap, and that does not wait for one.
    ///
    /// Persons who sign a day off or decide about a case hold the lock for an instant, so it is tried for a while.
    /// - Throws: `already-running` if a run holds it, of this server or another.
    static func excludeRuns(of account: String, _ tx: borrowing Transaction) throws {
        var attempts = 200
        while try !Locks.tryReconciliation(of: account, tx) {
            let other = try tx.query(unfinished(account)).first
            if let other { throw ServiceError(.alreadyRunning, .runUnderWay(try other.get(0), account: account)) }
            attempts -= 1
            guard attempts > 0 else { throw ServiceError.lockedTooLong }
            try tx.query("select 1 from (select pg_sleep(0.05)) as waited")
        }
    }

    static func unfinished(_ account: String) -> Query {
        """
        select id from reconciliation_run
        where account_number = \(account) and finished_at is null and abandoned_at is null
        """
    }

    /// Begins a run, whose id others are told from now on. The account's lock shows that a run without an end is dead: the
    /// new one goes on with what it left.
    static func begin(
        _ account: String,
        through: Day,
        by actor: Person,
        now: Instant,
        _ connection: Connection
    ) async throws -> Int64 {
        try await connection.transaction { tx in
            try tx.query(
                """
                update reconciliation_run set abandoned_at = \(now)::timestamptz
                where account_number = \(account) and finished_at is null and abandoned_at is null
                """
            )
            let id = try tx.query(
                """
                insert into reconciliation_run (account_number, through, started_at, started_by, continues)
                values (\(account), \(through)::date, \(now)::timestamptz, \(actor.name), (
                    select coalesce(r.continues, r.id) from reconciliation_run r
                    where r.abandoned_at is not null and r.id = (
                        select max(id) from reconciliation_run where account_number = \(account)))) returning id
                """
            ).row().get(0, as: Int64.self)
            let detail: JSON = ["account_number": .string(account), "through": .text(through)]
            try Audit.record(tx, actor, "reconciliation.begin", "reconciliation:\(id)", detail)
            return id
        }
    }
}
