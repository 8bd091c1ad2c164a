import Collection
import Foundation
import Postgres
import TestSupport
import Testing
import Values

/// Goal: money for baskets ends where an independent count has it, by callback and by statement, and the books stay whole.
/// Method: random baskets in a real database, each with its day at the bank.
@Suite struct BasketWorldTests {
    private static let worlds = ProcessInfo.processInfo.environment["KHOP_TEST_WORLDS"].flatMap { Int($0) } ?? 400

    @Test func `every basket is paid as an independent count has it, and the books balance`() async throws {
        var random = Seeded("basket worlds")
        let accounts = [("0801000567890", "H44.01"), ("9990012345678", "H44.02")]
        let seeds = accounts.map { _ in random.next() }
        try await TestDatabase.withServices { services in
            let key = try await services.keys.create(role: .portal, name: "portal", localityCode: nil)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for (index, (number, agency)) in accounts.enumerated() {
                    group.addTask {
                        var random = Seeded(seed: seeds[index])
                        let account = try await WorldAccount(
                            services,
                            number: number,
                            agency: agency,
                            confirms: index == 1
                        )
                        try await Self.live(account, key.caller.id, Self.worlds / accounts.count, &random)
                    }
                }
                try await group.waitForAll()
            }
            for finding in try await services.ledger.verify() {
                #expect(finding.ok, "\(finding.name): \(finding.detail)")
            }
        }
    }

    private static func live(_ account: WorldAccount, _ maker: UUID, _ worlds: Int, _ random: inout Seeded) async throws
    {
        let services = account.services
        let opening: Int64 = 1_000_000
        var (balance, suspense, bank): (Int64, Int64, Int64) = (opening, 0, 0)
        var isOpened = false
        for number in 0..<worlds {
            let day = Day("2025-01-01")!.adding(days: number * 2)
            let noon = day.start.adding(seconds: 43_200)
            let world = BasketWorld("B\(account.number)-\(number)", confirms: account.confirms, &random)
            try await add(world, to: account, by: maker, on: day)
            for transfer in world.told {
                let outcome = try await account.settle(transfer.id, transfer.amount, transfer.reference, at: noon)
                #expect(outcome.rawValue == transfer.outcome, "world \(number), \(transfer): \(world)")
                guard random.chance(20) else { continue }
                let again = try await account.settle(transfer.id, transfer.amount, transfer.reference, at: noon)
                #expect(again == .duplicate, "world \(number), \(transfer.id) again")
            }
            let statement = try await importLines(of: world, &balance, noon, account)
            // The first statement books what the account held before it; a world in which nothing is paid has none.
            if statement != nil, !isOpened { (isOpened, bank) = (true, bank + opening) }
            let run = try await services.reconciliation.run(account: account.number, through: day.next, by: "test")
            #expect(run.counts?["matched"]?.integer == Int64(world.told.count), "world \(number): \(world)")
            if let untold = world.untold {
                #expect(run.counts?[untold.outcome]?.integer == 1, "world \(number), \(untold): \(world)")
            }
            // The person may be faster than the callback.
            let isFirst = random.chance(50)
            if world.waits, isFirst, let statement {
                _ = try await services.recoveryConfirmations.confirm(statement, by: TestPerson.approver)
            }
            if let late = world.late {
                let outcome = try await account.settle(late.id, late.amount, late.reference, at: noon)
                let expected = world.waits && isFirst ? "duplicate" : late.outcome
                #expect(outcome.rawValue == expected, "world \(number), late \(late): \(world)")
            }
            if world.waits, !isFirst, world.late == nil, let statement {
                _ = try await services.recoveryConfirmations.confirm(statement, by: TestPerson.approver)
            }
            (suspense, bank) = (suspense + world.suspense, bank + world.bank)
            try await expect(world, number, of: account)
            #expect(try await held(account, "suspense") == -suspense, "world \(number): \(world)")
            #expect(try await held(account, "bank") == bank, "world \(number): \(world)")
            let explained = try await services.explanations.explain(account: account.number, day: day, limit: 3)
            #expect(explained.residual == .zero, "world \(number) is not explained")
        }
    }

    private static func expect(_ world: BasketWorld, _ number: Int, of account: WorldAccount) async throws {
        let rows = try await account.services.database.query(
            """
            select r.reference, r.amount_applied, r.status from payment_request r
            where r.reference = any(\(world.members.map(\.reference))::text[])
            """
        )
        var found: [String: (Int64, String)] = [:]
        for row in rows { found[try row.get(0, as: String.self)] = (try row.get(1), try row.get(2)) }
        for member in world.members {
            let (applied, status) = try #require(found[member.reference])
            #expect(applied == member.paid, "world \(number), \(member): \(world)")
            #expect((status == "paid") == (member.paid == member.due), "world \(number), \(member): \(status)")
        }
    }

    private static func held(_ account: WorldAccount, _ kind: String) async throws -> Int64 {
        try await account.services.database.query(
            """
            select coalesce(sum(case when t.debit_account = a.id then t.amount else -t.amount end), 0)::bigint
            from ledger_account a join ledger_transfer t on a.id in (t.debit_account, t.credit_account)
            where a.kind = \(kind) and a.owner = \(account.number)
            """
        ).row().get(0)
    }

    /// The requests and the basket, as if they had been made on that day.
    static func add(_ world: BasketWorld, to account: WorldAccount, by maker: UUID, on day: Day) async throws {
        let noon = day.start.adding(seconds: 43_200)
        let references = world.members.map(\.reference)
        _ = try await account.services.database.query(
            """
            insert into payment_request (id, reference, token, dossier_code, agency_code, procedure_code, channel,
                assessed_on, amount_due, discount_total, status, expires_at, created_at, created_by, bank_bin,
                account_number, account_name, revenue_account, catalogue_version, lines)
            select gen_random_uuid(), r, 'w' || r, 'D', \(account.agency), '1.004222', 'online', \(day)::date, d, 0,
                'pending', \(noon)::timestamptz + interval '1 hour', \(noon)::timestamptz, \(maker)::uuid, '970436',
                \(account.number), 'A',
                (select id from ledger_account where kind = 'revenue' and owner = \(account.agency)), 1, '[]'
            from unnest(\(references)::text[], \(world.members.map(\.due))::bigint[]) as w (r, d)
            """
        )
        _ = try await account.services.database.query(
            """
            with made as (
                insert into basket (id, reference, token, bank_bin, account_number, account_name, expires_at, created_at,
                    created_by)
                values (gen_random_uuid(), \(world.reference), \("b" + world.reference), '970436', \(account.number), 'A',
                    \(noon)::timestamptz + interval '1 hour', \(noon)::timestamptz, \(maker)::uuid)
                returning id)
            insert into basket_item (basket_id, place, payment_request_id)
            select made.id, k.place::smallint, r.id from made,
                unnest(\(references)::text[]) with ordinality as k (reference, place)
                join payment_request r on r.reference = k.reference
            """
        )
    }

    /// Returns the statement's id.
    private static func importLines(
        of world: BasketWorld,
        _ balance: inout Int64,
        _ noon: Instant,
        _ account: WorldAccount
    ) async throws -> Int64? {
        var lines = StatementLines(balance: balance)
        for (place, transfer) in (world.told + (world.untold.map { [$0] } ?? [])).enumerated() {
            let memo = "MBVCB.1.\(transfer.reference).nop"
            lines.add(transfer.lineID, transfer.amount, memo, at: noon.adding(seconds: Int64(place)))
        }
        guard lines.balance != balance else { return nil }
        balance = lines.balance
        let path = FileManager.default.temporaryDirectory.path + "/khop-\(UUID().uuidString).csv"
        try Data(lines.text.utf8).write(to: URL(fileURLWithPath: path))
        defer { unlink(path) }
        let importer = StatementLines.importer
        return try await account.services.statements.importFile(path: path, account: account.number, by: importer).id
    }
}
