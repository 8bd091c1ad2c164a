/// Brings a database to this program's schema. Table files are applied in order, once, each in its own transaction; all
/// routines are replaced in one transaction if any of them differs. Only one migrator runs at a time.
public struct Migrator: Sendable {
    /// The advisory lock that every migrator takes: "khop" in ASCII.
    static let lockKey: Int64 = 0x6B68_6F70

    public let migrations: [Migration]
    public let routines: [Routine]

    /// - Parameters:
    ///   - migrations: in ascending order of their versions.
    ///   - routines: in the order in which they are applied.
    public init(_ migrations: [Migration], routines: [Routine] = []) {
        precondition(zip(migrations, migrations.dropFirst()).allSatisfy { $0.version < $1.version })
        self.migrations = migrations
        self.routines = routines
    }

    /// Applies everything that is missing or differs and returns its names, in order. Several programs may call this at
    /// once: the later ones wait and then have nothing to do.
    @discardableResult
    public func migrate(_ options: DatabaseOptions) async throws -> [String] {
        var options = options
        // Building an index over years of data takes longer than the limit for requests.
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

    /// Returns the names of everything that ``migrate(_:)`` would apply, without applying it.
    public func pending(_ database: Database) async throws -> [String] {
        try await database.autocommit { session in try self.due(session) }.names
    }

    /// Throws unless the database has exactly this program's tables and routines.
    public func verify(_ database: Database) async throws {
        let due = try await database.autocommit { session in
            try Migrator.checkReadable(session)
            return try self.due(session)
        }
        guard due.isNothing else { throw MigrationError.pending(names: due.names) }
    }

    /// Throws if the role of the connection could change the schema or the history: if it is a superuser, may make
    /// roles, or may act as the owner of a table.
    public func verifyRights(_ database: Database) async throws {
        let (role, isTooMuch) = try await database.query(
            """
            select r.rolname::text, r.rolsuper or r.rolcreaterole or exists (
                select 1 from pg_class c
                where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'S')
                    and pg_has_role(c.relowner, 'member'))
            from pg_roles r where r.rolname = current_user
            """
        ).row().decode(String.self, Bool.self)
        guard !isTooMuch else { throw MigrationError.ownsTables(role: role) }
    }

    private static func checkReadable(_ session: borrowing Transaction) throws {
        let (role, isReadable) = try session.query(
            """
            select current_user::text, coalesce(has_table_privilege(to_regclass('schema_routine')::oid, 'select'), true)
            """
        ).row().decode(String.self, Bool.self)
        guard isReadable else { throw MigrationError.mayNotRead(role: role) }
    }

    /// What remains to be applied.
    private struct Due: Sendable {
        var migrations: [Migration] = []
        /// The names of the routines that differ.
        var routines: [String] = []

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

    /// Compares the files with those that were applied; throws if a table file has changed since.
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
        var due = Due()
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

    /// Applies all routines, not only those that differ: a table file may have dropped one in order to change a table.
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
