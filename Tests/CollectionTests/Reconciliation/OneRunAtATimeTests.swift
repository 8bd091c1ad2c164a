import Collection
import Postgres
import TestSupport
import Testing
import Values
import Workflow

/// One run of an account at a time; a second one is told instead of waiting.
@Suite struct OneRunAtATimeTests {
    private func unfinished(_ services: Services) async throws -> [Int64] {
        try await services.database.query(
            "select id from reconciliation_run where finished_at is null and abandoned_at is null order by id"
        ).map { try $0.get(0, as: Int64.self) }
    }

    private func run(_ desk: Desk, by services: Services? = nil) async throws -> Reconciliation.Run {
        try await (services ?? desk.services).reconciliation
            .run(account: desk.account, through: Instant.now().day, by: "Hoa")
    }

    private func expectRefused(_ desk: Desk, by services: Services, naming id: Int64) async throws {
        let error = await #expect(throws: ServiceError.self) { _ = try await run(desk, by: services) }
        #expect(error?.code == .alreadyRunning && error?.reason == .runUnderWay(id, account: desk.account))
    }

    @Test func `a second run is refused with the id of the first, whichever server is asked`() async throws {
        try await TestDatabase.withTwoServers { one, two in
            let desk = try await Desk(one)
            // The run waits for an import.
            let held = try await HeldLock("statement", of: desk.account, one.database)
            defer { held.free() }
            async let first = run(desk)
            try await until("the run") { try await !unfinished(one).isEmpty }
            let id = try #require(try await unfinished(one).first)
            for services in [one, two, one, two] { try await expectRefused(desk, by: services, naming: id) }
            try await held.release()
            let finished = try await first
            #expect(finished.id == id && finished.finishedAt != nil)
            #expect(try await unfinished(one) == [])
            #expect(try await run(desk, by: two).id > id)
        }
    }

    @Test func `a run whose server died does not stand in the way of the next one`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            let dead = try await services.database.asOwner(
                """
                insert into reconciliation_run (account_number, through, started_at, started_by)
                values (\(desk.account), current_date, now() - interval '1 hour', 'Hoa') returning id
                """
            ).row().get(0, as: Int64.self)
            let next = try await run(desk)
            #expect(next.id > dead && next.finishedAt != nil)
            let abandoned = try await services.database.query(
                "select id from reconciliation_run where abandoned_at is not null"
            ).map { try $0.get(0, as: Int64.self) }
            #expect(abandoned == [dead])
        }
    }

    @Test func `a run that fails is abandoned at once, and its account is free`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            try await services.database.scriptAsOwner(
                """
                create function broken() returns trigger language plpgsql as $$ begin raise 'broken'; end $$;
                create trigger broken before update of counts on reconciliation_run
                    for each row when (new.counts is not null) execute function broken()
                """
            )
            await #expect(throws: PostgresError.self) { _ = try await run(desk) }
            #expect(try await unfinished(services) == [])
            try await services.database.scriptAsOwner("drop trigger broken on reconciliation_run")
            #expect(try await run(desk).finishedAt != nil)
        }
    }

    @Test func `persons who hold the account for an instant are waited for`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            let held = try await HeldLock("reconcile", of: desk.account, services.database)
            defer { held.free() }
            async let first = run(desk)
            try await until("the run to ask for the lock") {
                try await !services.database.query(
                    """
                    select 1 from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()
                        and query like '%pg_try_advisory_lock(%'
                    """
                ).isEmpty
            }
            try await held.release()
            #expect(try await first.finishedAt != nil)
        }
    }

    @Test func `an undo while the account is being reconciled is told which run is under way`() async throws {
        try await TestDatabase.withTwoServers { one, two in
            let desk = try await Desk(one)
            var lines = StatementLines()
            lines.add("FT1", 10_000, "x")
            let statement = try await lines.imported(into: desk).id
            // The run waits for an import.
            let held = try await HeldLock("statement", of: desk.account, one.database)
            defer { held.free() }
            async let first = run(desk)
            try await until("the run") { try await !unfinished(one).isEmpty }
            let id = try #require(try await unfinished(one).first)
            for services in [one, two] {
                let error = await #expect(throws: ServiceError.self) {
                    try await services.statementUndos.undo(statement, note: "wrong", by: Desk.hoa)
                }
                #expect(error?.code == .alreadyRunning && error?.reason == .runUnderWay(id, account: desk.account))
            }
            try await held.release()
            #expect(try await first.id == id)
            #expect(try await two.statementUndos.undo(statement, note: "wrong", by: Desk.hoa).lines == 1)
        }
    }
}
