/// One forward-only change of the schema.
public struct Migration: Sendable, Hashable {
    /// The number at the head of the file's name.
    public let version: Int
    /// The file's name, `0001_open_the_books.sql`.
    public let name: String
    public let sql: String

    public init(version: Int, name: String, sql: String) {
        self.version = version
        self.name = name
        self.sql = sql
    }
}

/// Why migrating was refused; nothing was changed.
public enum MigrationError: Error, Sendable, CustomStringConvertible {
    /// A file that was applied has been changed since.
    case changed(name: String)
    /// The database was migrated by a newer program.
    case newerDatabase(version: Int)
    /// The database lacks these; `khop migrate` applies them.
    case pending(names: [String])

    public var description: String {
        switch self {
        case .changed(let name):
            "migration \(name) was applied in another form than this program's; applied migrations never change: "
                + "restore the file and put the change into a new migration"
        case .newerDatabase(let version):
            "the database has migration \(version), which this program does not know: run a newer khop"
        case .pending(let names):
            "the database lacks \(names.count) migration(s), first \(names.first ?? "?"): run `khop migrate`"
        }
    }
}

/// Applies migrations in order, each in a transaction of its own, one migrator at a time.
public struct Migrator: Sendable {
    /// "khop" in ASCII: the advisory lock all migrators take.
    static let lockKey: Int64 = 0x6B68_6F70

    public let migrations: [Migration]

    /// Takes migrations in ascending order of their versions.
    public init(_ migrations: [Migration]) {
        precondition(zip(migrations, migrations.dropFirst()).allSatisfy { $0.version < $1.version })
        self.migrations = migrations
    }

    /// Applies what is missing and gives the names of what it applied, in order. Safe to run by several at once: the
    /// later ones wait and then find nothing to do.
    @discardableResult
    public func migrate(_ options: DatabaseOptions) async throws -> [String] {
        var options = options
        // Building an index over years of data takes longer than any request may.
        options.statementTimeoutMilliseconds = 0
        options.lockTimeoutMilliseconds = 60_000
        let connection = try await Connection.open(options)
        do {
            let names = try await connection.autocommit { session in
                try session.query("select 1 from (select pg_advisory_lock(\(Migrator.lockKey)::bigint)) as locked")
                try session.script(Migrator.table)
                let applied = try Migrator.applied(session)
                let pending = try self.check(session, applied)
                for migration in pending { try Migrator.apply(migration, session) }
                try session.query("select pg_advisory_unlock(\(Migrator.lockKey)::bigint)")
                return pending.map(\.name)
            }
            await connection.close()
            return names
        } catch {
            await connection.close()
            throw error
        }
    }

    /// Throws where the database is not exactly as these migrations leave it.
    public func verify(_ database: Database) async throws {
        let pending = try await database.autocommit { session in
            let exists = try session.query("select to_regclass('schema_migration') is not null").row().get(
                0,
                as: Bool.self
            )
            return try self.check(session, exists ? Migrator.applied(session) : [:])
        }
        guard pending.isEmpty else { throw MigrationError.pending(names: pending.map(\.name)) }
    }

    private static let table = """
        create table if not exists schema_migration (
            version integer primary key,
            name text not null,
            checksum text not null,
            applied_at timestamptz not null default now()
        )
        """

    private static func applied(_ session: borrowing Transaction) throws -> [Int: String] {
        var checksums: [Int: String] = [:]
        for row in try session.query("select version, checksum from schema_migration") {
            let (version, checksum) = try row.decode(Int.self, String.self)
            checksums[version] = checksum
        }
        return checksums
    }

    /// Gives what is still to apply; throws where what was applied differs.
    private func check(_ session: borrowing Transaction, _ applied: [Int: String]) throws -> [Migration] {
        if let newest = applied.keys.max(), newest > migrations.last?.version ?? 0 {
            throw MigrationError.newerDatabase(version: newest)
        }
        var pending: [Migration] = []
        for migration in migrations {
            guard let checksum = applied[migration.version] else {
                pending.append(migration)
                continue
            }
            let now = try session.query("select encode(sha256(\(Bytes(migration.sql.utf8))::bytea), 'hex')").row()
            guard try now.get(0, as: String.self) == checksum else {
                throw MigrationError.changed(name: migration.name)
            }
        }
        return pending
    }

    private static func apply(_ migration: Migration, _ session: borrowing Transaction) throws {
        try session.script("begin")
        do {
            try session.script(migration.sql)
            try session.query(
                """
                insert into schema_migration (version, name, checksum) values (\(migration.version), \(migration.name),
                    encode(sha256(\(Bytes(migration.sql.utf8))::bytea), 'hex'))
                """
            )
            try session.script("commit")
        } catch {
            do { try session.script("rollback") } catch {}
            throw error
        }
    }
}
