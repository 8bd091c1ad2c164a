import BankCallbacks
import Collection
import Cryptography
import Foundation
import PaymentQR
import Postgres
import Settlement
import TestSupport
import Testing
import Values

/// Random worlds whose truth their maker knows: what the bank moved, what it told us of, and what its statement says.
@Suite struct ReconciliationWorldTests {
    @Test func `every random world is classified as it was made, and the books balance`() async throws {
        var random = Seeded("reconciliation worlds")
        let worlds = ProcessInfo.processInfo.environment["KHOP_TEST_WORLDS"].flatMap { Int($0) } ?? 1000
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
                        try await Self.live(account, worlds / accounts.count, &random)
                    }
                }
                try await group.waitForAll()
            }
            for finding in try await services.ledger.verify() {
                #expect(finding.ok, "\(finding.name): \(finding.detail)")
            }
        }
    }

    private static func live(_ account: WorldAccount, _ worlds: Int, _ random: inout Seeded) async throws {
        let services = account.services
        var balance: Int64 = 1_000_000
        var ahead: Int64 = 0
        for number in 0..<worlds {
            let day = Day("2025-01-01")!.adding(days: number * 2)
            let noon = day.start.adding(seconds: 43_200)
            let world = BankDay("W\(account.number)-\(number)", &random)
            let references = world.requests.map(\.reference)
            try await add(world, to: account, on: day)
            for callback in world.callbacks {
                let outcome = try await account.settle(
                    callback.id,
                    callback.amount,
                    callback.reference,
                    at: noon,
                    by: callback.isGateway ? account.gateway : nil
                )
                #expect([.settled, .partial].contains(outcome))
                guard callback.isGateway, random.chance(30) else { continue }
                let again = try await account.settle(
                    callback.id,
                    callback.amount,
                    callback.reference,
                    at: noon,
                    by: account.twin
                )
                #expect(again == .duplicate, "world \(number) of \(account.number), \(callback.id) by the twin")
            }
            let statement: Int64?
            (balance, statement) = try await importLines(of: world, balance, noon, account, &random)
            let run = try await services.reconciliation.run(account: account.number, through: day.next, by: "test")
            for outcome in Reconciliation.outcomes where !hasNoTruth.contains(outcome) {
                #expect(
                    run.counts?[outcome]?.integer == world.truth[outcome] ?? 0,
                    "world \(number) of \(account.number), \(outcome): \(world)"
                )
            }
            let waits = account.confirms ? world.truth["recovered"] ?? 0 : 0
            #expect(run.counts?["awaiting_confirmation"]?.integer == waits, "world \(number)")
            // The person may be faster than the callbacks that come late.
            let isFirst = random.chance(50)
            if isFirst { try await confirm(statement, waits, of: account) }
            for callback in world.late {
                let overtakes = waits > 0 && !isFirst && world.overtakes.contains(callback.id)
                let outcome = try await account.settle(callback.id, callback.amount, callback.reference, at: noon)
                #expect(
                    outcome == (overtakes ? .settled : callback.outcome),
                    "world \(number) of \(account.number), late \(callback.id)"
                )
            }
            if !isFirst { try await confirm(statement, waits, of: account) }
            let paid = try await services.database.query(
                "select reference from payment_request where reference = any(\(references)::text[]) and status = 'paid'"
            ).map { try $0.get(0, as: String.self) }
            #expect(Set(paid) == world.paid, "world \(number) of \(account.number)")
            ahead += world.missing - world.repeated
            let record = try await services.reports.reconciliation(account: account.number, day: day.next)
            #expect(record.unexplained == .zero && record.difference == Money(ahead), "world \(number)")
            let past = day.adding(days: -Int.random(in: 0..<40, using: &random))
            let explained = try await services.explanations.explain(account: account.number, day: past, limit: 3)
            #expect(explained.residual == .zero, "world \(number): \(past) is not explained")
            #expect(world.lines.isEmpty || record.closing == Money(balance))
            if number % 10 == 0 { try await nothingIsLeft(account, day) }
        }
    }

    private static let hasNoTruth: Set<String> = ["cases_opened", "awaiting_confirmation"]

    /// Another person confirms what is left waiting of so many lines; nothing of it may fail to fit.
    private static func confirm(_ statement: Int64?, _ lines: Int64, of account: WorldAccount) async throws {
        guard let statement, lines > 0 else { return }
        do {
            let confirmed = try await account.services.recoveryConfirmations.confirm(
                statement,
                by: TestPerson.approver
            )
            #expect(confirmed.cases.isEmpty && confirmed.lines <= lines)
        } catch let error as ServiceError {
            // Callbacks were faster with all of them.
            #expect(error.reason?.code == .nothingToConfirm)
        }
    }

    static func add(_ world: BankDay, to account: WorldAccount, on day: Day) async throws {
        let noon = day.start.adding(seconds: 43_200)
        let (references, dues) = (world.requests.map(\.reference), world.requests.map(\.due))
        _ = try await account.services.database.query(
            """
            insert into payment_request (id, reference, token, dossier_code, agency_code, procedure_code, channel,
                assessed_on, amount_due, discount_total, status, expires_at, created_at, bank_bin, account_number,
                account_name, revenue_account, catalogue_version, lines)
            select gen_random_uuid(), r, 'w' || r, 'D', \(account.agency), '1.004222', 'online', \(day)::date, d, 0,
                'pending', \(noon)::timestamptz + interval '1 hour', \(noon)::timestamptz, '970436', \(account.number),
                'A', (select id from ledger_account where kind = 'revenue' and owner = \(account.agency)), 1, '[]'
            from unnest(\(references)::text[], \(dues)::bigint[]) as w (r, d)
            """
        )
    }

    /// Returns the balance after the lines, and the statement's id.
    static func importLines(
        of world: BankDay,
        _ balance: Int64,
        _ noon: Instant,
        _ account: WorldAccount,
        _ random: inout Seeded
    ) async throws -> (balance: Int64, statement: Int64?) {
        var lines = StatementLines(balance: balance)
        // The bank books some of a day's transfers on the next.
        let midnight = Int.random(in: 0...world.lines.count, using: &random)
        for (place, line) in world.lines.enumerated() {
            let hours: Int64 = place < midnight ? 0 : 18
            lines.add(line.id, line.amount, line.memo, at: noon.adding(seconds: hours * 3600 + Int64(place) % 600))
        }
        guard !world.lines.isEmpty else { return (balance, nil) }
        let path = FileManager.default.temporaryDirectory.path + "/khop-\(UUID().uuidString).csv"
        try Data(lines.text.utf8).write(to: URL(fileURLWithPath: path))
        defer { unlink(path) }
        let imported = try await account.services.statements.importFile(
            path: path,
            account: account.number,
            by: StatementLines.importer
        )
        return (lines.balance, imported.id)
    }

    /// A second run finds nothing to do, and both ways of working out the difference agree on days near by.
    private static func nothingIsLeft(_ account: WorldAccount, _ day: Day) async throws {
        let services = account.services
        let again = try await services.reconciliation.run(
            account: account.number,
            through: day.next,
            by: "test"
        )
        #expect(Reconciliation.outcomes.allSatisfy { again.counts?[$0]?.integer == 0 })
        for distance: Int32 in [-20, -1, 0, 1] {
            let other = Day(daysSinceEpoch: day.daysSinceEpoch + distance)
            try await ReconciliationDifferenceOracle.expectSame(
                services.database,
                services.reports,
                account: account.number,
                day: other
            )
        }
    }
}
