import Collection
import Foundation
import Postgres
import TestSupport
import Testing
import Values

/// `khop reconcile`, killed with SIGKILL while it writes.
@Suite struct KilledProgramTests {
    private static let account = "42710001234567"

    @Test func `what the program had committed when it was killed is kept, and the next one does the rest`()
        async throws
    {
        try await TestDatabase.withServices { services in
            let khop = KhopProgram(services.database.pool.options)
            let fatal = try await FatalWrite(services.database, .wait)
            let file = Repository.root + "/Fixtures/statements/banks/bidv.csv"
            #expect(try khop.run(["statement", "import", file, "--account", Self.account]).status == 0)
            try await fatal.choose(0)
            // One run after the other is killed at its next write, until none is left to be killed.
            var kills = 0
            for place in 1...100 {
                guard try await killed(services, khop, fatal, at: place) else { break }
                kills += 1
            }
            #expect(kills > 3 && kills < 100)
            let runs = try await services.database.query(
                """
                select count(*) filter (where finished_at is null), count(*) filter (where finished_at is not null),
                    (select count(*) from statement_line l where not exists (
                        select 1 from line_outcome o where o.line_id = l.id))
                from reconciliation_run
                """
            ).row().decode(Int.self, Int.self, Int.self)
            #expect(runs == (kills, 1, 0))
            for finding in try await services.ledger.verify() {
                #expect(finding.ok, "\(finding.name): \(finding.detail)")
            }
        }
    }

    /// Starts a run and kills the program at a write; `false` if the run ended before it.
    private func killed(
        _ services: Services,
        _ khop: KhopProgram,
        _ fatal: FatalWrite,
        at place: Int
    ) async throws -> Bool {
        let held = try await HeldLock("stop", of: "here", services.database)
        defer { held.free() }
        try await fatal.choose(place)
        let program = try khop.start(["reconcile", "--account", Self.account, "--through", "2026-12-31"])
        try await until("the write or the end") {
            guard program.isRunning else { return true }
            return try await fatal.isReached()
        }
        guard program.isRunning else { return false }
        program.kill()
        try await held.release()
        // The backend notices at its next word to the program; until then it holds the account's lock.
        try await until("its backend to end") {
            try await services.database.query(
                """
                select 1 from pg_stat_activity where datname = current_database() and application_name like '% runs'
                """
            ).isEmpty
        }
        return true
    }
}
