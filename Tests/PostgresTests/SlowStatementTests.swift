import Synchronization
import TestSupport
import Testing

@testable import Postgres

/// Statements that take long are told of, by their first words and without their values.
@Suite struct SlowStatementTests {
    /// What was told, from any thread.
    private final class Told: Sendable {
        private let found = Mutex<[SlowStatements.Found]>([])
        var all: [SlowStatements.Found] { found.withLock { $0 } }
        func add(_ one: SlowStatements.Found) { found.withLock { $0.append(one) } }
    }

    private static func with(
        milliseconds: Int64,
        _ body: (Database, Told) async throws -> Void
    ) async throws {
        try await TestDatabase.with { options in
            let told = Told()
            var options = options
            options.slowStatements = SlowStatements(milliseconds: milliseconds) { told.add($0) }
            options.applicationName = "watched"
            let watched = Database(options)
            do { try await body(watched, told) } catch {
                await watched.close()
                throw error
            }
            await watched.close()
        }
    }

    @Test func `a statement that waits is named, alone or sent with others, and even if it fails`() async throws {
        try await Self.with(milliseconds: 200) { database, told in
            let secret = "0011002233445"
            _ = try await database.query("select pg_sleep(0.25), \(secret)::text as account")
            #expect(told.all.count == 1)
            let first = try #require(told.all.first)
            #expect(first.statement == "select pg_sleep(0.25), $1::text as account" && first.milliseconds >= 200)
            #expect(first.applicationName == "watched" && !first.statement.contains(secret))
            try await database.transaction { tx in
                _ = try tx.pipeline(["select 1 as quick", "select pg_sleep(0.25), \(secret)::text"])
            }
            #expect(told.all.count == 2 && told.all[1].statement.contains("select 1 as quick; select pg_sleep"))
            await #expect(throws: PostgresError.self) {
                try await database.query("select pg_sleep(0.25), 1 / (random() * 0)::integer")
            }
            #expect(told.all.count == 3 && !told.all.contains { $0.statement.contains(secret) })
        }
    }

    @Test func `what is quick is not told`() async throws {
        try await Self.with(milliseconds: 3_600_000) { database, told in
            for number in 0..<50 { _ = try await database.query("select \(number)::integer") }
            #expect(told.all.isEmpty)
        }
    }
}
