public import Postgres
public import Values

/// What the database itself tells of its health.
public enum DatabaseSigns {
    /// Its clock, read while it answers.
    public static func clock(of database: Database) async throws -> Instant {
        try await database.query("select clock_timestamp()").row().get(0)
    }

    /// When the oldest entry of the audit was made that is not sealed yet; `nil` if all are.
    public static func oldestUnsealed(in database: Database) async throws -> Instant? {
        try await database.query(
            """
            select min(happened_at) from audit_entry
            where id > coalesce((select sealed_through from seal_progress where kind = 1), 0)
            """
        ).row().get(0)
    }
}
