/// Brings a database up to this program: tables in order, each file in a transaction of its own and once; routines all
/// together in one transaction whenever one of them differs. One migrator at a time.
public struct Migrator: Sendable {
    /// "khop" in ASCII: the advisory lock all migrators take.
    static let lockKey: Int64 = 0x6B68_6F70

    public let migrations: [Migration]
    public let routines: [Routine]

    /// Takes migrations in ascending order of their versions, and routines in the order in which they are applied.
    public init(_ migrations: [Migration], routines: [Routine] = []) {
        precondition(zip(migrations, migrations.dropFirst()).allSatisfy { $0.version < $1.version })
        self.migrations = migrations
        self.routines = routines
    }

    /// Applies what is missing or differs, and returns the names of it, in order. Safe to run by several at once: the
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
                try session.script(Migrator.bookkeeping)
                let due = try self.due(session)
                for migration in due.migrations { try Migrator.apply(migration, session) }
                if !due.isNothing { try self.applyRoutines(session) }
                try session.query("select pg_advisory_unlock(\(Migrator.lockKey)::bigint)")
                return due.names
            }
            await connection.close()
            return names
        } catch {
            await connection.close()
            throw error
        }
    }

    /// Returns the names of what ``migrate(_:)`` would apply, and applies nothing.
    public func pending(_ database: Database) async throws -> [String] {
        try await database.autocommit { session in try self.due(session) }.names
    }

    /// Throws if the database is not exactly as this program's tables and routines leave it.
    public func verify(_ database: Database) async throws {
        let due = try await database.autocommit { session in try self.due(session) }
        guard due.isNothing else { throw MigrationError.pending(names: due.names, isNew: due.isNew) }
    }

    /// What is still to apply.
    private struct Due: Sendable {
        var migrations: [Migration] = []
        /// The names of the routines that differ.
        var routines: [String] = []
        var isNew = false

        var isNothing: Bool { migrations.isEmpty && routines.isEmpty }
        var names: [String] { migrations.map(\.name) + routines }
    }

    private static let bookkeeping = """
        create table if not exists schema_migration (
            version integer primary key,
            name text not null,
            checksum text not null,
            applied_at timestamptz not null default now()
        );
        create table if not exists schema_routine (
            name text primary key,
            checksum text not null,
            applied_at timestamptz not null default now()
        );
        comment on table schema_migration is 'The files of Migrations/tables that were applied, by their SHA-256.';
        comment on table schema_routine is 'The files of Migrations/routines as they were last applied, by their SHA-256.';
        """

    /// Compares the files with what was applied; throws if a table's file is not the one that was applied.
    private func due(_ session: borrowing Transaction) throws -> Due {
        let exists = try session.query("select to_regclass('schema_routine') is not null").row().get(0, as: Bool.self)
        var versions: [Int: String] = [:]
        var names: [String: String] = [:]
        if exists {
            for row in try session.query("select version, checksum from schema_migration") {
                let (version, checksum) = try row.decode(Int.self, String.self)
                versions[version] = checksum
            }
            for row in try session.query("select name, checksum from schema_routine") {
                let (name, checksum) = try row.decode(String.self, String.self)
                names[name] = checksum
            }
        }
        if let newest = versions.keys.max(), newest > migrations.last?.version ?? 0 {
            throw MigrationError.newerDatabase(version: newest)
        }
        let checksums = try Migrator.checksums(of: migrations.map(\.sql) + routines.map(\.sql), session)
        var due = Due(isNew: versions.isEmpty)
        for (migration, checksum) in zip(migrations, checksums) where versions[migration.version] != checksum {
            guard versions[migration.version] == nil else { throw MigrationError.changed(name: migration.name) }
            due.migrations.append(migration)
        }
        for (routine, checksum) in zip(routines, checksums.dropFirst(migrations.count))
        where names[routine.name] != checksum { due.routines.append(routine.name) }
        return due
    }

    private static func checksums(of texts: [String], _ session: borrowing Transaction) throws -> [String] {
        try session.query(
            """
            select encode(sha256(convert_to(text, 'UTF8')), 'hex')
            from unnest(\(texts)::text[]) with ordinality as given (text, place) order by place
            """
        ).map { try $0.get(0, as: String.self) }
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

    /// All of them, not only those that differ: a table's file may have dropped one to change what it stands on.
    private func applyRoutines(_ session: borrowing Transaction) throws {
        try session.script("begin")
        do {
            for routine in routines { try session.script(routine.sql) }
            try session.query("delete from schema_routine")
            try session.query(
                """
                insert into schema_routine (name, checksum)
                select name, encode(sha256(convert_to(text, 'UTF8')), 'hex')
                from unnest(\(routines.map(\.name))::text[], \(routines.map(\.sql))::text[]) as given (name, text)
                """
            )
            try session.script("commit")
        } catch {
            do { try session.script("rollback") } catch {}
            throw error
        }
    }
}
