import Postgres
import TestSupport
import Testing

@Suite struct MigratorTests {
    private static let first = Migration(version: 1, name: "0001_first.sql", sql: "create table first (id bigint)")
    private static let second = Migration(version: 2, name: "0002_second.sql", sql: "create table second (id bigint)")

    /// A database without our schema.
    private func withEmpty(_ body: (DatabaseOptions) async throws -> Void) async throws {
        try await TestDatabase.with(as: .owner) { options in
            let database = Database(options)
            _ = try await database.query("drop schema public cascade")
            _ = try await database.query("create schema public")
            await database.close()
            try await body(options)
        }
    }

    @Test func `missing migrations are applied once, in order`() async throws {
        try await withEmpty { options in
            let first = try await Migrator([Self.first]).migrate(options)
            #expect(first == ["0001_first.sql"])
            let second = try await Migrator([Self.first, Self.second]).migrate(options)
            #expect(second == ["0002_second.sql"])
            let again = try await Migrator([Self.first, Self.second]).migrate(options)
            #expect(again == [])
        }
    }

    @Test func `many migrators at once apply each migration once`() async throws {
        try await withEmpty { options in
            let migrator = Migrator([Self.first, Self.second])
            let applied = try await withThrowingTaskGroup(of: [String].self) { group in
                for _ in 0..<6 { group.addTask { try await migrator.migrate(options) } }
                return try await group.reduce(into: [String]()) { $0 += $1 }
            }
            #expect(applied.sorted() == ["0001_first.sql", "0002_second.sql"])
        }
    }

    @Test func `a changed file is refused and nothing is applied`() async throws {
        try await withEmpty { options in
            try await Migrator([Self.first]).migrate(options)
            let changed = Migration(version: 1, name: "0001_first.sql", sql: "create table other (id bigint)")
            await #expect(throws: MigrationError.self) { try await Migrator([changed, Self.second]).migrate(options) }
            let database = Database(options)
            let wasLeftOut = try await database.query("select to_regclass('second') is null")
                .row().get(0, as: Bool.self)
            #expect(wasLeftOut)
            await database.close()
        }
    }

    @Test func `a failing migration leaves no trace`() async throws {
        try await withEmpty { options in
            let broken = Migration(
                version: 2,
                name: "0002_broken.sql",
                sql: "create table half (id bigint); select 1/0"
            )
            await #expect(throws: PostgresError.self) { try await Migrator([Self.first, broken]).migrate(options) }
            let database = Database(options)
            let isAsBefore = try await database.query(
                "select to_regclass('half') is null and to_regclass('first') is not null"
            )
            .row().get(0, as: Bool.self)
            #expect(isAsBefore)
            await database.close()
        }
    }

    @Test func `a newer database is refused`() async throws {
        try await withEmpty { options in
            try await Migrator([Self.first, Self.second]).migrate(options)
            await #expect(throws: MigrationError.self) { try await Migrator([Self.first]).migrate(options) }
        }
    }

    private static let answer = Routine(
        name: "answer.sql",
        sql: "create or replace function answer() returns integer language sql as $$ select id::integer from first $$"
    )
    private static let question = Routine(
        name: "a_question.sql",
        sql: """
            -- Needs: answer
            create or replace view a_question as select answer() as answer
            """
    )

    @Test func `routines are applied when one differs, what they need first`() async throws {
        try await withEmpty { options in
            let routines = Routine.ordered([Self.question, Self.answer])
            let names = try await Migrator([Self.first], routines: routines).migrate(options)
            #expect(names == ["0001_first.sql", "answer.sql", "a_question.sql"])
            #expect(try await Migrator([Self.first], routines: routines).migrate(options) == [])

            let other = Routine(name: "answer.sql", sql: Self.answer.sql.replacing("select id", with: "select 42 + id"))
            let migrator = Migrator([Self.first], routines: [other, Self.question])
            let database = Database(options)
            #expect(try await migrator.pending(database) == ["answer.sql"])
            await #expect(throws: MigrationError.self) { try await migrator.verify(database) }
            #expect(try await migrator.migrate(options) == ["answer.sql"])
            try await migrator.verify(database)
            _ = try await database.query("insert into first values (1)")
            let answer = try await database.query("select answer from a_question").row().get(0, as: Int.self)
            #expect(answer == 43)
            await database.close()
        }
    }

    @Test func `routines are applied all or none`() async throws {
        try await withEmpty { options in
            try await Migrator([Self.first], routines: [Self.answer]).migrate(options)
            let other = Routine(name: "answer.sql", sql: Self.answer.sql.replacing("select id", with: "select 42 + id"))
            let broken = Routine(name: "broken.sql", sql: "create or replace view broken as select nothing")
            let migrator = Migrator([Self.first], routines: [other, broken])
            await #expect(throws: PostgresError.self) { try await migrator.migrate(options) }
            let database = Database(options)
            try await Migrator([Self.first], routines: [Self.answer]).verify(database)
            let body = try await database.query("select prosrc from pg_proc where proname = 'answer'").row()
            #expect(try !body.get(0, as: String.self).contains("42"))
            await database.close()
        }
    }

    @Test func `a table's file may drop a routine, which is then applied again`() async throws {
        try await withEmpty { options in
            try await Migrator([Self.first], routines: [Self.answer]).migrate(options)
            let dropped = Migration(version: 2, name: "0002_dropped.sql", sql: "drop function answer()")
            try await Migrator([Self.first, dropped], routines: [Self.answer]).migrate(options)
            let database = Database(options)
            let isThere = try await database.query("select to_regproc('answer') is not null").row().get(
                0,
                as: Bool.self
            )
            #expect(isThere)
            await database.close()
        }
    }
}
