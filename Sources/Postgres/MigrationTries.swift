/// Tries what locks tables until nobody else holds them, and gives way to whoever works meanwhile.
struct MigrationTries {
    private let connection: Connection
    /// `nil`: nobody works meanwhile.
    let patience: MigrationPatience?
    private let waiting: @Sendable (String, Int) -> Void

    init(
        _ connection: Connection,
        _ patience: MigrationPatience?,
        _ waiting: @escaping @Sendable (String, Int) -> Void
    ) {
        self.connection = connection
        self.patience = patience
        self.waiting = waiting
    }

    /// - Throws: ``MigrationError`` if it was tried often enough; nothing is changed then.
    func apply(_ name: String, _ body: @Sendable (borrowing Transaction) throws -> Void) async throws {
        guard let patience else { return try await connection.autocommit(body) }
        var (attempt, tooLong, holders) = (0, 0, Set<Holder>())
        while true {
            do { return try await connection.autocommit(body) } catch let error as PostgresError
                where error.isTimeout || error.sqlState == .deadlockDetected
            {
                attempt += 1
                if error.sqlState == .queryCanceled { tooLong += 1 }
            }
            let found = try await self.holders()
            // Who was there at the last try too, in the same transaction, is who is waited for.
            let staying = holders.intersection(found).map(\.process).sorted()
            holders = found
            if tooLong >= patience.attemptsTooLong, staying.isEmpty {
                throw MigrationError.tooLong(name: name, milliseconds: patience.holdMilliseconds)
            }
            guard attempt < patience.attempts else {
                throw MigrationError.locked(name: name, attempts: attempt, holders: staying)
            }
            waiting(name, attempt)
            try await Task.sleep(for: patience.pause * Double.random(in: 0.5...1.5))
        }
    }

    /// A transaction that holds a lock of a table.
    private struct Holder: Hashable {
        let process: Int32
        let transaction: String
    }

    private func holders() async throws -> Set<Holder> {
        let rows = try await connection.query(
            """
            select distinct l.pid, l.virtualtransaction from pg_locks l join pg_class c on c.oid = l.relation
            where l.granted and l.pid <> pg_backend_pid() and c.relnamespace = 'public'::regnamespace
                and l.database = (select oid from pg_database where datname = current_database())
            """
        )
        return Set(try rows.map { Holder(process: try $0.get(0), transaction: try $0.get(1)) })
    }
}
