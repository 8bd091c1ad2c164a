/// Writes what a migrator applies, and notes that it has: each call in a transaction of its own, or not at all.
enum MigrationWriter {
    /// Applies a file of tables.
    ///
    /// - Parameter limits: of its transaction; `nil`: it may take its time.
    static func apply(_ migration: Migration, _ session: borrowing Transaction, _ limits: MigrationPatience?) throws {
        guard !migration.isApart else { return try applyApart(migration, session) }
        try inTransaction(session, limits) { session in
            let before = try routines(session)
            try run(migration.sql, session, isLimited: limits != nil)
            // What it dropped is made again, though its file is the same.
            let after = try routines(session)
            let lost = try session.query(
                "select exists (select unnest(\(before)::bigint[]) except select unnest(\(after)::bigint[]))"
            ).row().get(0, as: Bool.self)
            if lost { try session.query("delete from schema_routine") }
            try note(migration, session)
        }
    }

    /// Applies the routines that differ, and notes that those of the program are in force.
    static func apply(
        _ differing: [Routine],
        of all: [Routine],
        _ session: borrowing Transaction,
        _ limits: MigrationPatience?
    ) throws {
        try inTransaction(session, limits) { session in
            try run(differing.map(\.sql).joined(separator: "\n;\n"), session, isLimited: limits != nil)
            try session.query("delete from schema_routine")
            try session.query(
                """
                insert into schema_routine (name, checksum)
                select name, encode(sha256(convert_to(text, 'UTF8')), 'hex')
                from unnest(\(all.map(\.name))::text[], \(all.map(\.sql))::text[]) as given (name, text)
                """
            )
        }
    }

    /// Runs statements that take no transaction. They wait for locks that hold nobody up, for as long as it takes.
    private static func applyApart(_ migration: Migration, _ session: borrowing Transaction) throws {
        try session.script("set lock_timeout = 0")
        for statement in migration.statements { try session.script(statement) }
        try session.script("reset lock_timeout")
        try note(migration, session)
    }

    private static func note(_ migration: Migration, _ session: borrowing Transaction) throws {
        try session.query(
            """
            insert into schema_migration (version, name, checksum, compatible) values (\(migration.version),
                \(migration.name), encode(sha256(\(Bytes(migration.sql.utf8))::bytea), 'hex'), \(migration.isCompatible))
            """
        )
    }

    private static func inTransaction(
        _ session: borrowing Transaction,
        _ limits: MigrationPatience?,
        _ body: (borrowing Transaction) throws -> Void
    ) throws {
        try session.script("begin")
        do {
            if let limits {
                try session.script("set local lock_timeout = \(limits.lockMilliseconds)")
                try session.script("set local statement_timeout = \(limits.holdMilliseconds)")
            }
            try body(session)
            try session.script("commit")
        } catch {
            do { try session.script("rollback") } catch {}
            throw error
        }
    }

    /// Runs the statements of a file; as one, where its time is limited, because PostgreSQL counts the time of each.
    private static func run(_ sql: String, _ session: borrowing Transaction, isLimited: Bool) throws {
        guard isLimited else { return try session.script(sql) }
        try session.query("select set_config('khop.file', \(sql), true)")
        try session.script("do 'begin execute current_setting(''khop.file''); end'")
    }

    /// The functions, triggers and views that are there, by their numbers.
    private static func routines(_ session: borrowing Transaction) throws -> [Int64] {
        try session.query(
            """
            select oid::bigint from pg_proc where pronamespace = 'public'::regnamespace
            union all
            select t.oid::bigint from pg_trigger t join pg_class c on c.oid = t.tgrelid
            where not t.tgisinternal and c.relnamespace = 'public'::regnamespace
            union all
            select oid::bigint from pg_class where relkind = 'v' and relnamespace = 'public'::regnamespace
            """
        ).map { try $0.get(0, as: Int64.self) }
    }
}
