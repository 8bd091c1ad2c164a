import Collection
import Foundation
import Postgres
import Synchronization
import TestSupport
import Testing
import Values

/// Runs that are killed in the middle of a write, fifty of them.
@Suite struct KilledRunTests {
    private static let kills = 50

    /// The same happens in two databases; in one of them each run is killed at some write, and the next one goes on.
    @Test(arguments: [false, true])
    func `a run that is killed at any write leaves, with the next one, what a run leaves that is not`(_ confirms: Bool)
        async throws
    {
        var options = ServiceOptions(publicURL: "")
        options.runs.pairs = 2
        options.runs.lines = 2
        options.runs.payments = 2
        options.runs.pause = .zero
        try await TestDatabase.withServices(options: options) { killed in
            try await TestDatabase.withServices(options: options) { whole in
                var random = Seeded("killed runs \(confirms)")
                func open(_ services: Services) async throws -> WorldAccount {
                    try await WorldAccount(services, number: "0801000567890", agency: "H44.01", confirms: confirms)
                }
                let accounts = [try await open(killed), try await open(whole)]
                let (fatal, counted) = (
                    try await FatalWrite(killed.database, .terminate), try await FatalWrite(whole.database, .terminate)
                )
                var balance: Int64 = 1_000_000
                for number in 0..<Self.kills / 2 {
                    let day = Day("2025-01-01")!.adding(days: number * 2)
                    balance = try await Self.bring(accounts, number, day, balance, &random)
                    try await counted.choose(0)
                    let run = try await Self.run(accounts[1], day)
                    let writes = try await counted.writes()
                    try await fatal.choose(Int.random(in: 1...writes, using: &random))
                    await #expect(throws: PostgresError.self) { _ = try await Self.run(accounts[0], day) }
                    try await fatal.choose(0)
                    // What is left can be told beforehand, as always.
                    let told = try await killed.reconciliation.rehearse(
                        account: accounts[0].number,
                        through: day.next
                    )
                    let next = try await Self.run(accounts[0], day)
                    #expect(Previewed.counts(told.counts) == Previewed.counts(next.counts), "world \(number)")
                    let first = try await Self.first(killed.database)
                    #expect(run.continues == nil && next.continues == first)
                    try await Self.compare(killed, whole, "world \(number), \(writes) writes")
                }
            }
        }
    }

    /// The last run that did not finish.
    private static func first(_ database: Database) async throws -> Int64? {
        try await database.query(
            "select max(id) from reconciliation_run where abandoned_at is not null and finished_at is null"
        ).row().get(0)
    }

    private static func run(_ account: WorldAccount, _ day: Day) async throws -> Reconciliation.Run {
        try await account.services.reconciliation.run(account: account.number, through: day.next, by: "test")
    }

    /// The same day in both; returns the balance after it.
    static func bring(
        _ accounts: [WorldAccount],
        _ number: Int,
        _ day: Day,
        _ balance: Int64,
        _ random: inout Seeded
    ) async throws -> Int64 {
        let noon = day.start.adding(seconds: 43_200)
        let world = BankDay("K\(number)", &random)
        var after = balance
        let start = random
        for account in accounts {
            random = start
            try await ReconciliationWorldTests.add(world, to: account, on: day)
            for callback in world.callbacks {
                let by = callback.isGateway ? account.gateway : nil
                _ = try await account.settle(callback.id, callback.amount, callback.reference, at: noon, by: by)
            }
            (after, _) = try await ReconciliationWorldTests.importLines(of: world, balance, noon, account, &random)
        }
        return after
    }

    private struct Stopped: Error {}

    @Test func `what a run that ended early and the next one did is undone as if it had been one run`() async throws {
        let database = Mutex<Database?>(nil)
        var options = ServiceOptions(publicURL: "")
        options.runs.payments = 1
        options.runs.afterStep = { _ in
            guard let database = database.withLock({ $0 }) else { return }
            let cases = try await database.query(
                "select count(*) from reconciliation_case where kind = 'missing_at_bank'"
            ).row().get(0, as: Int.self)
            if cases == 1 { throw Stopped() }
        }
        try await TestDatabase.withServices(options: options) { services in
            let desk = try await Desk(services)
            let longAgo = Instant.now().adding(seconds: -20 * 86_400)
            for number in 1...3 { _ = try await desk.settle("lost\(number)", 5000, nil, at: longAgo) }
            _ = try await desk.settle("t1", 10_000, nil)
            var lines = StatementLines()
            lines.add("t1", 10_000, "no reference")
            lines.add("t2", 7000, "no reference")
            let imported = try await lines.imported(into: desk)
            let before = try await desk.cases("unknown_reference").count
            let today = Instant.now().day
            database.withLock { $0 = services.database }
            await #expect(throws: Stopped.self) {
                _ = try await services.reconciliation.run(account: desk.account, through: today, by: "test")
            }
            database.withLock { $0 = nil }
            #expect(try await desk.cases("missing_at_bank").count == 1)
            let next = try await services.reconciliation.run(account: desk.account, through: today, by: "test")
            #expect(next.counts?["missing_at_bank"] == 2 && next.counts?["matched"] == 0)
            #expect(try await desk.cases("missing_at_bank").count == 3)
            _ = try await services.statementUndos.undo(imported.id, note: "wrong file", by: Desk.hoa)
            #expect(try await desk.cases("missing_at_bank").isEmpty)
            #expect(try await desk.cases("unknown_reference").count == before)
            try await desk.expectCleanBooks()
        }
    }

    private static func compare(_ killed: Services, _ whole: Services, _ world: Comment) async throws {
        let differences = BooksByContent.differences(
            try await BooksByContent.read(killed.database),
            try await BooksByContent.read(whole.database)
        )
        #expect(differences.isEmpty, world)
        for finding in try await killed.ledger.verify() {
            #expect(finding.ok, "\(world): \(finding.name): \(finding.detail)")
        }
    }
}
