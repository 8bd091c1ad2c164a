public import Postgres
import Values

/// How fast the database answers the smallest question.
public enum RoundTrips {
    /// Round trips of `select 1` per second on one connection.
    public static func measure(_ options: DatabaseOptions, seconds: Int64) async throws -> Int64 {
        let database = Database(options)
        let counted = try await database.autocommit { session in
            let start = Instant.now()
            let end = start.adding(seconds: seconds)
            var count: Int64 = 0
            while Instant.now() < end {
                for _ in 0..<100 { _ = try session.query("select 1").row().get(0, as: Int64.self) }
                count += 100
            }
            return count * 1_000_000 / (Instant.now().microseconds - start.microseconds)
        }
        await database.close()
        return counted
    }
}
