import Collection
import Migrations
import Postgres
import TestSupport
import Testing
import Values

/// A database says once whether it is live or for tests, and nobody turns one into the other.
@Suite struct InstallationModeTests {
    private static func with(_ body: (Database) async throws -> Void) async throws {
        try await TestDatabase.with { options in
            let database = Database(options)
            let result: Result<Void, any Error>
            do { result = .success(try await body(database)) } catch { result = .failure(error) }
            await database.close()
            try result.get()
        }
    }

    @Test(arguments: [
        "update installation_mode set mode = 'test'", "delete from installation_mode", "truncate installation_mode",
        "insert into installation_mode (mode) values ('test')",
        "insert into installation_mode (only_row, mode) values (false, 'test')",
    ])
    func `neither the service nor the owner changes it`(_ sql: String) async throws {
        try await Self.with { database in
            await #expect(throws: PostgresError.self) { try await database.query(Query(trustedSQL: sql)) }
            await #expect(throws: PostgresError.self) { try await database.asOwner(Query(trustedSQL: sql)) }
            let mode = try await InstallationMode.of(database)
            #expect(mode == .live)
        }
    }

    @Test func `the first who sets it wins, and the other mode is refused with what to do`() async throws {
        try await Self.with { database in
            try await database.scriptUnguarded("delete from installation_mode")
            #expect(try await InstallationMode.of(database) == nil)
            let unset = await #expect(throws: ServiceError.self) {
                try await InstallationMode.test.require(of: database)
            }
            #expect(unset?.phrase[.english].contains("khop migrate") == true)
            try await InstallationMode.test.require(of: database, allowsNone: true)
            try await TestDatabase.asOwner(database) { try await InstallationMode.test.settle($0) }
            #expect(try await InstallationMode.of(database) == .test)
            try await InstallationMode.test.require(of: database)
            let refused = await #expect(throws: ServiceError.self) {
                try await TestDatabase.asOwner(database) { try await InstallationMode.live.settle($0) }
            }
            #expect(refused?.phrase[.english].contains("set KHOP_MODE=test") == true)
            #expect(try await InstallationMode.of(database) == .test)
        }
    }

    @Test func `a database that was worked on before there were two modes is live`() async throws {
        let file = try #require(Migrations.tables.first { $0.name.contains("installation_mode") })
        for (history, expected) in [
            ("", nil),
            (
                "insert into audit_entry (actor_id, actor_name, action, subject, detail) values ('cli:x', 'x', 'key.add', 'key:1', '{}')",
                InstallationMode.live
            ),
        ] as [(String, InstallationMode?)] {
            try await Self.with { database in
                try await database.scriptUnguarded("drop table installation_mode")
                if !history.isEmpty { try await database.scriptAsOwner(history) }
                try await database.scriptAsOwner(file.sql)
                let read = try await TestDatabase.asOwner(database) { try await InstallationMode.of($0) }
                #expect(read == expected, "\(history)")
            }
        }
    }

    @Test func `a database without our tables has no mode`() async throws {
        try await Self.with { database in
            try await database.scriptUnguarded("drop table installation_mode")
            #expect(try await InstallationMode.of(database) == nil)
        }
    }
}
