import Collection
import Foundation
import Postgres
import TestSupport
import Testing
import Values

/// Random days at the bank, previewed before they are imported: what was foretold is what then happens.
@Suite struct PreviewWorldTests {
    private static let worlds = 40

    @Test func `in every random world an import and a run do what the preview said`() async throws {
        var random = Seeded("preview worlds")
        let accounts = [
            ("0801000567890", "H44.01"), ("9990012345678", "H44.02"), ("113000178899", "H26.01"),
            ("0011004123456", "H26.02"),
        ]
        let seeds = accounts.map { _ in random.next() }
        try await TestDatabase.withServices { services in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for (index, (number, agency)) in accounts.enumerated() {
                    group.addTask {
                        var random = Seeded(seed: seeds[index])
                        let account = try await WorldAccount(
                            services,
                            number: number,
                            agency: agency,
                            confirms: index % 2 == 1
                        )
                        try await Self.live(account, &random)
                    }
                }
                try await group.waitForAll()
            }
        }
    }

    private typealias Booked = (id: String, amount: Int64, memo: String, at: Instant)

    private static func live(_ account: WorldAccount, _ random: inout Seeded) async throws {
        var balance: Int64 = 1_000_000
        var before: [Booked] = []
        for number in 0..<worlds {
            let day = Day("2025-01-01")!.adding(days: number * 2)
            let noon = day.start.adding(seconds: 43_200)
            let world = BankDay("P\(account.number)-\(number)", &random)
            try await ReconciliationWorldTests.add(world, to: account, on: day)
            for callback in world.callbacks {
                let by = callback.isGateway ? account.gateway : nil
                _ = try await account.settle(callback.id, callback.amount, callback.reference, at: noon, by: by)
            }
            // The bank books some of a day's transfers on the next.
            let midnight = Int.random(in: 0...world.lines.count, using: &random)
            let booked = world.lines.enumerated().map { place, line -> Booked in
                let seconds = (place < midnight ? 0 : 64_800) + Int64(place) % 600
                return (line.id, line.amount, line.memo, noon.adding(seconds: seconds))
            }
            guard !booked.isEmpty else { continue }
            // Some files repeat what the one before contained, and some have no ids by which that is known.
            let repeats = random.chance(30) ? before : []
            var lines = StatementLines(balance: balance - repeats.reduce(0) { $0 + $1.amount })
            for line in repeats + booked { lines.add(line.id, line.amount, line.memo, at: line.at) }
            try await check(lines.text, account, "world \(number) of \(account.number)", runs: random.chance(80))
            (balance, before) = (lines.balance, booked)
            for callback in world.late {
                _ = try await account.settle(callback.id, callback.amount, callback.reference, at: noon)
            }
        }
    }

    /// - Parameter runs: whether the account is reconciled afterwards; if not, the next file finds lines left open.
    private static func check(_ text: String, _ account: WorldAccount, _ world: Comment, runs: Bool) async throws {
        let services = account.services
        try await Previewed.withFile(text) { path in
            let told = try await services.statementPreviews.preview(path: path, account: account.number)
            let preview = told.json(in: .english)
            let imported = try await services.statements.importFile(
                path: path,
                account: account.number,
                by: StatementLines.importer
            )
            #expect(told.isClean && imported.gap == nil, world)
            #expect(preview["lines"]?.integer == Int64(imported.statement.lines), world)
            #expect(preview["known"]?.integer == Int64(imported.overlapping), world)
            #expect(preview["new"]?.integer == Int64(imported.statement.lines - imported.overlapping), world)
            guard runs else { return }
            let through = try #require(imported.statement.lastDay)
            let rehearsed = try await services.reconciliation.rehearse(account: account.number, through: through)
            let run = try await services.reconciliation.run(account: account.number, through: through, by: "test")
            #expect(Previewed.counts(preview["run"]) == Previewed.counts(run.counts), world)
            #expect(Previewed.counts(rehearsed.counts) == Previewed.counts(run.counts), world)
            try await checkLines(preview, imported.id, services, world)
        }
    }

    /// Every line has the outcome that was foretold, for the reason that was foretold.
    private static func checkLines(_ preview: JSON, _ statement: Int64, _ services: Services, _ world: Comment)
        async throws
    {
        var counts: [String: Int64] = [:]
        var lines: [Int64: String] = [:]
        let rows = try await services.database.query(
            """
            select l.line_number::bigint, o.outcome, o.pass, coalesce(o.reason ->> 'code', 'line_matches_notice')
            from statement_line l join line_outcome o on o.line_id = l.id where l.statement_id = \(statement)::bigint
            """
        )
        for row in rows {
            let (number, outcome, pass, code) = try row.decode(Int64.self, String.self, String.self, String.self)
            counts[outcome, default: 0] += 1
            lines[number] = "\(outcome) \(pass) \(code)"
        }
        #expect(Previewed.counts(preview["outcomes"]) == counts, world)
        var shown = 0
        for samples in preview["samples"]?.members ?? [] {
            for sample in samples.value.array ?? [] {
                let (pass, code) = (sample["pass"]?.string ?? "", sample["code"]?.string ?? "")
                #expect(lines[sample["line"]?.integer ?? 0] == "\(samples.name) \(pass) \(code)", world)
                shown += 1
            }
        }
        #expect(shown == lines.count || lines.count > 20, world)
    }
}
