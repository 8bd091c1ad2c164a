/// Brings a database to this program's schema. Table files are applied in order, once, each in its own transaction; the
/// routines that differ are replaced in one transaction. Only one migrator runs at a time, and a service may work meanwhile: see
/// ``MigrationPatience``.
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
    /// once: the later ones wait and then have nothing to do. A database of a newer program that this one may work with is left
    /// as it is.
    ///
    /// - Parameters:
    ///   - patience: how far a service that works meanwhile may be held up; `nil`: nobody works, so files may take their time.
    ///   - waiting: is told of each try that was given up: of which file, and the how manieth it was.
    @discardableResult
    public func migrate(
        _ options: DatabaseOptions,
        patience: MigrationPatience? = MigrationPatience(),
        waiting: @escaping @Sendable (_ name: String, _ attempt: Int) -> Void = { _, _ in }
    ) async throws -> [String] {
        var options = options
        // Other migrators are waited for, and so is what runs outside of a transaction.
        options.statementTimeoutMilliseconds = 0
        options.lockTimeoutMilliseconds = 60_000
        let connection = try await Connection.open(options)
        do {
            let names = try await migrate(connection, patience, waiting)
            await connection.close()
            return names
        } catch {
            await connection.close()
            throw error
        }
    }

    private func migrate(
        _ connection: Connection,
        _ given: MigrationPatience?,
        _ waiting: @escaping @Sendable (String, Int) -> Void
    ) async throws -> [String] {
        let (due, isNew) = try await connection.autocommit { session in
            try session.query("select 1 from (select pg_advisory_lock(\(Migrator.lockKey)::bigint)) as locked")
            try session.script(Migrator.bookkeeping)
            let isNew = try session.query("select not exists (select from schema_migration)").row().get(
                0,
                as: Bool.self
            )
            return (try self.due(session, takesNewer: true), isNew)
        }
        // Nobody waits for tables that are not there yet.
        let trying = MigrationTries(connection, isNew ? nil : given, waiting)
        for migration in due.migrations {
            try await trying.apply(migration.name) { try MigrationWriter.apply(migration, $0, trying.patience) }
        }
        // A file of tables may have dropped routines, which then differ too.
        let differing = try await connection.autocommit { try self.due($0, takesNewer: true) }.routines
        if !differing.isEmpty {
            let routines = routines.filter { differing.contains($0.name) }
            try await trying.apply(differing[0]) {
                try MigrationWriter.apply(routines, of: self.routines, $0, trying.patience)
            }
        }
        try await connection.autocommit { session in
            _ = try session.query("select pg_advisory_unlock(\(Migrator.lockKey)::bigint)")
        }
        return due.migrations.map(\.name) + differing
    }

    /// Returns the names of everything that ``migrate(_:)`` would apply, without applying it.
    public func pending(_ database: Database) async throws -> [String] {
        try await database.autocommit { session in try self.due(session) }.names
    }

    /// Throws unless the database has this program's tables and routines, or those of a newer program which says that this one
    /// may go on working.
    ///
    /// - Returns: the number of the newest migration that this program does not know; `nil` if there is none.
    @discardableResult
    public func verify(_ database: Database) async throws -> Int? {
        let due = try await database.autocommit { session in
            try Migrator.checkReadable(session)
            return try self.due(session, takesNewer: true)
        }
        guard due.isNothing else { throw MigrationError.pending(names: due.names) }
        return due.newer
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
        /// The newest migration that is unknown here, after which this program may go on working.
        var newer: Int?

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
        do $$ begin
            if not exists (select from pg_attribute
                where attrelid = 'schema_migration'::regclass and attname = 'compatible' and not attisdropped)
            then
                alter table schema_migration add column compatible boolean not null default false;
            end if;
        end $$;
        comment on table schema_migration is 'The files of Migrations/tables that were applied, by their SHA-256.';
        comment on table schema_routine is 'The files of Migrations/routines as they were last applied, by their SHA-256.';
        """

    /// Compares the files with those that were applied; throws if a table file has changed since.
    ///
    /// - Parameter takesNewer: whether a newer program's database is taken if that program says so; nothing is due then.
    private func due(_ session: borrowing Transaction, takesNewer: Bool = false) throws -> Due {
        let (exists, tells) = try session.query(
            """
            select to_regclass('schema_routine') is not null, exists (select from pg_attribute
                where attrelid = to_regclass('schema_migration') and attname = 'compatible' and not attisdropped)
            """
        ).row().decode(Bool.self, Bool.self)
        var versions: [Int: String] = [:]
        var newer: [Int: Bool] = [:]
        var names: [String: String] = [:]
        if exists {
            let compatible = tells ? "compatible" : "false"
            let applied = Query(trustedSQL: "select version, checksum, \(compatible) from schema_migration")
            for row in try session.query(applied) {
                let (version, checksum, isCompatible) = try row.decode(Int.self, String.self, Bool.self)
                versions[version] = checksum
                if version > migrations.last?.version ?? 0 { newer[version] = isCompatible }
            }
            for row in try session.query("select name, checksum from schema_routine") {
                let (name, checksum) = try row.decode(String.self, String.self)
                names[name] = checksum
            }
        }
        if let stranger = newer.filter({ !takesNewer || !$0.value }).keys.max() {
            throw MigrationError.newerDatabase(version: stranger)
        }
        let checksums = try Migrator.checksums(of: migrations.map(\.sql) + routines.map(\.sql), session)
        var due = Due()
        for (migration, checksum) in zip(migrations, checksums) where versions[migration.version] != checksum {
            guard versions[migration.version] == nil else { throw MigrationError.changed(name: migration.name) }
            due.migrations.append(migration)
        }
        due.newer = newer.keys.max()
        // What routines are is then the newer program's affair.
        guard due.newer == nil else {
            guard due.migrations.isEmpty else { throw MigrationError.pending(names: due.names) }
            return due
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
}
