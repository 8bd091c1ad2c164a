import Dispatch
import Postgres
import Synchronization
import TestSupport
import Testing

/// Migrations while a service works on the same tables.
@Suite struct MigrationUnderLoadTests {
    private static let first = Migration(
        version: 1,
        name: "0001_first.sql",
        sql: "create table first (id bigint); grant select, insert on first to khop_app"
    )
    private static let second = Migration(
        version: 2,
        name: "0002_second.sql",
        sql: "-- Why: a test.\n-- Compatible: nobody reads it.\nalter table first add column more text"
    )

    private static var quick: MigrationPatience {
        var patience = MigrationPatience()
        patience.pause = .milliseconds(20)
        patience.lockMilliseconds = 100
        // Each limit by itself: what holds locks for long has a test of its own.
        patience.holdMilliseconds = 600_000
        return patience
    }

    private func withFirst(_ body: (_ owner: DatabaseOptions, _ service: Database) async throws -> Void) async throws {
        try await TestDatabase.with(as: .owner) { options in
            let owner = Database(options)
            _ = try await owner.query("drop schema public cascade")
            _ = try await owner.query("create schema public")
            _ = try await owner.query("grant usage on schema public to khop_app")
            try await Migrator([Self.first]).migrate(options)
            _ = try await owner.query("grant select on schema_migration, schema_routine to khop_app")
            try await TestDatabase.with(.service, of: owner) { service in try await body(options, service) }
            await owner.close()
        }
    }

    /// Reads the table in a transaction until it is told to end.
    private struct Reader {
        private let gate = DispatchSemaphore(value: 0)
        private let work: Task<Void, any Error>

        init(_ database: Database) async throws {
            let gate = gate
            work = Task {
                try await database.transaction { tx in
                    _ = try tx.query("select count(*) from first")
                    gate.wait()
                }
            }
            try await until("it is read") {
                try await database.query(
                    "select 1 from pg_locks where relation = 'first'::regclass and pid <> pg_backend_pid()"
                ).count > 0
            }
        }

        func end() async throws {
            gate.signal()
            try await work.value
        }
    }

    @Test func `a migration waits in slices, and callbacks get in between`() async throws {
        try await withFirst { options, service in
            let reader = try await Reader(service)
            let tries = Mutex(0)
            let migration = Task {
                try await Migrator([Self.first, Self.second]).migrate(options, patience: Self.quick) { name, attempt in
                    #expect(name == "0002_second.sql")
                    tries.withLock { $0 = attempt }
                }
            }
            // Somebody who waited behind the migration in its queue would wait as long as the reader reads.
            for number in 1...20 {
                try await until("it was tried again") { tries.withLock { $0 } >= number / 5 }
                _ = try await service.query("insert into first values (\(Int64(number)))")
            }
            try await until("it was tried again and again") { tries.withLock { $0 } >= 5 }
            try await reader.end()
            #expect(try await migration.value == ["0002_second.sql"])
            let count = try await service.query("select count(more) + count(*) from first").row().get(0, as: Int64.self)
            #expect(count == 20)
        }
    }

    @Test func `one that never gets its lock says who holds it, and leaves no trace`() async throws {
        try await withFirst { options, service in
            let reader = try await Reader(service)
            var patience = Self.quick
            patience.attempts = 3
            let error = await #expect(throws: MigrationError.self) {
                try await Migrator([Self.first, Self.second]).migrate(options, patience: patience)
            }
            let process = try await service.query(
                "select pid from pg_locks where relation = 'first'::regclass and pid <> pg_backend_pid()"
            ).row().get(0, as: Int32.self)
            guard case .locked("0002_second.sql", 3, [process])? = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(error?.description.contains("select pg_terminate_backend(\(process));") == true)
            try await reader.end()
            let applied = try await service.query("select 1 from schema_migration").count
            #expect(applied == 1)
        }
    }

    @Test func `one that takes too long by itself is not forced on a service that works`() async throws {
        let slow = Migration(
            version: 2,
            name: "0002_slow.sql",
            sql: "alter table first add column more text; select pg_sleep(0.2); select pg_sleep(0.2)"
        )
        try await withFirst { options, service in
            var patience = Self.quick
            // Less than both take, and more than each.
            patience.holdMilliseconds = 300
            patience.attemptsTooLong = 2
            let error = await #expect(throws: MigrationError.self) {
                try await Migrator([Self.first, slow]).migrate(options, patience: patience)
            }
            #expect(error?.description.contains("khop migrate --while-stopped") == true)
            let applied = try await service.query("select 1 from schema_migration").count
            #expect(applied == 1)
            let names = try await Migrator([Self.first, slow]).migrate(options, patience: nil)
            #expect(names == ["0002_slow.sql"])
        }
    }

    @Test func `statements that take no transaction run each by itself, and again after a failure`() async throws {
        let apart = Migration(
            version: 2,
            name: "0002_apart.sql",
            sql: """
                -- Why: a test.
                -- Apart: an index that is made while others write.
                drop index concurrently if exists first_id_idx;
                create index concurrently first_id_idx on first (id);

                """
        )
        try await withFirst { options, service in
            let reader = try await Reader(service)
            let migration = Task { try await Migrator([Self.first, apart]).migrate(options, patience: Self.quick) }
            // It waits for the reader, who read before it began, and whoever writes does not wait for it.
            try await until("it waits") {
                try await service.query("select 1 from pg_locks where not granted").count > 0
            }
            _ = try await service.query("insert into first values (1)")
            try await reader.end()
            #expect(try await migration.value == ["0002_apart.sql"])
            let isValid = try await service.query(
                "select indisvalid from pg_index where indexrelid = 'first_id_idx'::regclass"
            ).row().get(0, as: Bool.self)
            #expect(isValid)
        }
    }

    @Test func `only routines that differ are replaced, and what was dropped is made again`() async throws {
        func routine(_ name: String, _ answer: Int) -> Routine {
            Routine(
                name: "\(name).sql",
                sql: "create or replace function \(name)() returns integer language sql as $$ select \(answer) $$"
            )
        }
        try await withFirst { options, service in
            let (one, two) = (routine("one", 1), routine("two", 2))
            try await Migrator([Self.first], routines: [one, two]).migrate(options)
            func versions() async throws -> [String] {
                try await service.query(
                    "select xmin::text from pg_proc where proname in ('one', 'two') order by proname"
                )
                .map { try $0.get(0, as: String.self) }
            }
            let before = try await versions()
            let other = routine("two", 3)
            #expect(try await Migrator([Self.first], routines: [one, other]).migrate(options) == ["two.sql"])
            let after = try await versions()
            #expect(after[0] == before[0] && after[1] != before[1])
            let dropping = Migration(version: 2, name: "0002_dropping.sql", sql: "drop function one()")
            let names = try await Migrator([Self.first, dropping], routines: [one, other]).migrate(options)
            #expect(names == ["0002_dropping.sql", "one.sql", "two.sql"])
            #expect(try await versions().count == 2)
        }
    }

    @Test func `a program goes on with the database of a newer one that says so, and with no other`() async throws {
        let stranger = Migration(version: 3, name: "0003_third.sql", sql: "create table third (id bigint)")
        let routine = Routine(
            name: "one.sql",
            sql: "create or replace function one() returns integer language sql as $$ select 1 $$"
        )
        let newer = Routine(name: "one.sql", sql: routine.sql.replacing("select 1", with: "select 2"))
        try await withFirst { options, service in
            let old = Migrator([Self.first], routines: [routine])
            try await old.migrate(options)
            #expect(try await old.verify(service) == nil)
            try await Migrator([Self.first, Self.second], routines: [newer]).migrate(options)
            #expect(try await old.verify(service) == 2)
            // It does not put its own routines back.
            #expect(try await old.migrate(options) == [])
            #expect(try await service.query("select one()").row().get(0, as: Int32.self) == 2)
            await #expect(throws: MigrationError.self) { try await old.pending(service) }
            try await Migrator([Self.first, Self.second, stranger], routines: [newer]).migrate(options)
            let error = await #expect(throws: MigrationError.self) { try await old.verify(service) }
            guard case .newerDatabase(3)? = error else {
                Issue.record("\(String(describing: error))")
                return
            }
        }
    }
}
