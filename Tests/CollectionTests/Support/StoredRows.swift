import Postgres
import TestSupport

/// Everything that a database holds: of each table the versions of its rows, of each sequence where it is.
enum StoredRows {
    static func digest(_ lent: Database) async throws -> [String: String] {
        // Where a sequence is, its owner is told alone.
        try await TestDatabase.asOwner(lent) { database in try await of(database) }
    }

    private static func of(_ database: Database) async throws -> [String: String] {
        var digest: [String: String] = [:]
        let tables = try await database.query(
            "select relname::text from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace"
        ).map { try $0.get(0, as: String.self) }
        for table in tables {
            let sql = """
                select count(*) || ' ' || md5(coalesce(string_agg(xmin::text || t::text, '|' order by ctid), ''))
                from "\(table)" t
                """
            digest[table] = try await database.query(Query(trustedSQL: sql)).row().get(0)
        }
        let sequences = try await database.query(
            "select sequencename::text, coalesce(last_value, 0)::text from pg_sequences"
        )
        for row in sequences { digest[try row.get(0, as: String.self)] = try row.get(1, as: String.self) }
        return digest
    }
}
