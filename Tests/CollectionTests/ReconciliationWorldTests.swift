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
    /// An account with one connection that reports each transfer and one gateway that pays out by the day.
    private struct Account: Sendable {
        let services: Services
        let number: String
        let agency: String
        let direct: Int32
        let gateway: Int32
        let bank: Int32
        let suspense: Int32

        init(_ services: Services, number: String, agency: String) async throws {
            self.services = services
            self.number = number
            self.agency = agency
            for (name, commission) in [("direct-\(number)", nil), ("gateway-\(number)", "2.5")] {
                _ = try await services.connections.add(
                    name: name,
                    profile: .standard,
                    account: number,
                    secret: TestSecret.standard(for: name),
                    signatureHeader: nil,
                    commissionPercent: commission
                )
            }
            let opened = try #require(try await services.connections.open("direct-\(number)"))
            direct = opened.id
            bank = opened.bankLedgerAccount
            suspense = opened.suspenseLedgerAccount
            gateway = try #require(try await services.connections.open("gateway-\(number)")).id
        }

        func settle(_ id: String, _ amount: Int64, _ reference: String?, at: Instant, by connection: Int32? = nil)
            async throws -> NoticeOutcome
        {
            try await services.settler.settle(
                NoticeRow(
                    Notice(
                        source: .callback,
                        connectionID: connection ?? direct,
                        transactionID: id,
                        contentHash: SHA256.hash(Array("\(id) \(amount) \(reference ?? "")".utf8)),
                        isCredit: true,
                        amount: Money(amount),
                        accountNumber: number,
                        bankReference: id,
                        references: reference.map { [$0] } ?? [],
                        occurredAt: at
                    ),
                    memo: reference,
                    body: "{}",
                    debitAccount: bank,
                    suspenseAccount: suspense
                )
            ).outcome
        }
    }

    /// One day at the bank, and what is to come of it.
    private struct World {
        var requests: [(reference: String, due: Int64)] = []
        var callbacks: [(id: String, amount: Int64, reference: String?, isGateway: Bool)] = []
        /// Callbacks that come when the day was reconciled already, and what each is answered.
        var late: [(id: String, amount: Int64, reference: String?, outcome: NoticeOutcome)] = []
        var lines: [(id: String, amount: Int64, memo: String)] = []
        var truth: [String: Int64] = [:]
        /// What the books have more than the bank after the day.
        var missing: Int64 = 0
        var repeated: Int64 = 0
        var paid: Set<String> = []
        private let name: String
        private var number = 0

        private mutating func count(_ outcome: String, _ number: Int64 = 1) { truth[outcome, default: 0] += number }

        private mutating func request(_ random: inout Seeded) -> (reference: String, due: Int64) {
            let made = (
                reference: CreditorReference.random(using: &random).text,
                due: Int64.random(in: 2...900, using: &random) * 500
            )
            requests.append(made)
            return made
        }

        private static func memo(_ reference: String, _ random: inout Seeded) -> String {
            switch Int.random(in: 0..<4, using: &random) {
            case 0: "CK \(reference.lowercased()) le phi"
            case 1: "MBVCB.12345.\(reference).NOP"
            case 2: reference.enumerated().map { $0 % 4 == 3 ? "\($1) " : "\($1)" }.joined()
            default: "\(reference)"
            }
        }

        init(_ name: String, _ random: inout Seeded) {
            self.name = name
            for _ in 0..<Int.random(in: 2...9, using: &random) {
                let one = request(&random)
                let transfer = next()
                let memo = World.memo(one.reference, &random)
                let kind = Int.random(in: 0..<14, using: &random)
                switch kind {
                case 3, 8...12: addUnreported(kind, one, transfer, memo, &random)
                default: addReported(kind, one, transfer, memo)
                }
            }
            addPayout(&random)
            lines.shuffle(using: &random)
            callbacks.shuffle(using: &random)
        }

        private mutating func next() -> String {
            number += 1
            return "\(name)-\(number)"
        }

        /// A transfer that the bank reports.
        private mutating func addReported(
            _ kind: Int,
            _ one: (reference: String, due: Int64),
            _ transfer: String,
            _ memo: String
        ) {
            switch kind {
            case 0, 1:
                callbacks.append((transfer, one.due, one.reference, false))
                lines.append((transfer, one.due, "x"))
                paid.insert(one.reference)
                count("matched")
            case 2:
                // The bank's own id differs from the gateway's; the memo tells.
                callbacks.append((transfer, one.due, one.reference, false))
                lines.append((next(), one.due, memo))
                paid.insert(one.reference)
                count("matched")
            case 4:
                callbacks.append((transfer, one.due, one.reference, false))
                paid.insert(one.reference)
                missing += one.due
                count("missing_at_bank")
            case 5:
                callbacks.append((transfer, one.due, one.reference, false))
                lines.append((transfer, one.due + 500, memo))
                paid.insert(one.reference)
                count("amount_mismatch")
            case 6:
                callbacks.append((transfer, one.due, one.reference, false))
                lines.append((transfer, one.due, memo))
                lines.append((transfer, one.due, memo))
                paid.insert(one.reference)
                repeated += one.due
                count("matched")
                count("duplicate_line")
            case 7:
                callbacks.append((transfer, one.due, one.reference, false))
                lines.append((transfer, one.due, memo))
                lines.append((next(), one.due, memo))
                paid.insert(one.reference)
                count("matched")
                count("duplicate_line")
            default:
                callbacks.append((transfer, one.due - 500, one.reference, false))
                lines.append((transfer, one.due - 500, memo))
                count("matched")
            }
        }

        /// A transfer that a line shows first, or a line that is none.
        private mutating func addUnreported(
            _ kind: Int,
            _ one: (reference: String, due: Int64),
            _ transfer: String,
            _ memo: String,
            _ random: inout Seeded
        ) {
            switch kind {
            case 3:
                lines.append((transfer, one.due, memo))
                paid.insert(one.reference)
                count("recovered")
                if random.chance(50) { late.append((transfer, one.due, one.reference, .duplicate)) }
            case 8:
                lines.append((transfer, one.due, "NGUYEN VAN A chuyen tien"))
                count("unmatched")
                // The callback has what the memo had not.
                if random.chance(60) {
                    late.append((transfer, one.due, one.reference, .settled))
                    paid.insert(one.reference)
                } else if random.chance(50) {
                    late.append((transfer, one.due, nil, .duplicate))
                }
            case 9:
                lines.append((transfer, one.due - 500, memo))
                lines.append((next(), 500, memo))
                paid.insert(one.reference)
                count("recovered", 2)
            case 10:
                let other = request(&random)
                lines.append((transfer, one.due + other.due, "\(memo) va \(World.memo(other.reference, &random))"))
                paid.formUnion([one.reference, other.reference])
                count("recovered")
                if random.chance(50) { late.append((transfer, one.due + other.due, one.reference, .duplicate)) }
            case 11:
                lines.append((transfer, one.due + 1500, memo))
                count("amount_mismatch")
            case 12:
                lines.append((transfer, -one.due, "phi dich vu"))
                count("unmatched")
            default: break
            }
        }

        private mutating func addPayout(_ random: inout Seeded) {
            // A gateway's day, paid out in one line less its commission. Where another line might be the payout as well, no
            // truth can be told from the bank's side: such a world has none.
            let dues = (0..<Int.random(in: 1...4, using: &random)).map { _ in
                Int64.random(in: 2...900, using: &random) * 500
            }
            let total = dues.reduce(0, +)
            let least = total - total * 25 / 1000
            if random.chance(30),
                !lines.contains(where: { $0.memo.hasPrefix("NGUYEN") && (least...total).contains($0.amount) })
            {
                for due in dues {
                    let reference = CreditorReference.random(using: &random).text
                    requests.append((reference, due))
                    callbacks.append((next(), due, reference, true))
                    paid.insert(reference)
                }
                lines.append((next(), Int64.random(in: least...total, using: &random), "THANH TOAN CONG"))
                count("grouped")
            }
        }
    }

    @Test func everyWorldIsClassifiedAsItWasAndTheBooksBalance() async throws {
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
                        let account = try await Account(services, number: number, agency: agency)
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

    private static func live(_ account: Account, _ worlds: Int, _ random: inout Seeded) async throws {
        let services = account.services
        var balance: Int64 = 1_000_000
        var ahead: Int64 = 0
        for number in 0..<worlds {
            let day = Day("2025-01-01")!.adding(days: number * 2)
            let noon = day.start.adding(seconds: 43_200)
            let world = World("W\(account.number)-\(number)", &random)
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
            }
            balance = try await importLines(of: world, balance, noon, account, &random)
            let run = try await services.reconciliation.run(account: account.number, through: day.next, by: "test")
            for outcome in Reconciliation.outcomes where outcome != "cases_opened" {
                #expect(
                    run.counts?[outcome]?.integer == world.truth[outcome] ?? 0,
                    "world \(number) of \(account.number), \(outcome): \(world)"
                )
            }
            for callback in world.late {
                let outcome = try await account.settle(callback.id, callback.amount, callback.reference, at: noon)
                #expect(outcome == callback.outcome, "world \(number) of \(account.number), late \(callback.id)")
            }
            let paid = try await services.database.query(
                "select reference from payment_request where reference = any(\(references)::text[]) and status = 'paid'"
            ).map { try $0.get(0, as: String.self) }
            #expect(Set(paid) == world.paid, "world \(number) of \(account.number)")
            ahead += world.missing - world.repeated
            let minutes = try await services.reports.reconciliation(account: account.number, day: day.next)
            #expect(minutes.unexplained == .zero && minutes.difference == Money(ahead), "world \(number)")
            #expect(world.lines.isEmpty || minutes.closing == Money(balance))
            if number % 10 == 0 { try await nothingIsLeft(account, day) }
        }
    }

    private static func add(_ world: World, to account: Account, on day: Day) async throws {
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

    /// Returns the balance after the lines.
    private static func importLines(
        of world: World,
        _ balance: Int64,
        _ noon: Instant,
        _ account: Account,
        _ random: inout Seeded
    ) async throws -> Int64 {
        var lines = StatementLines(balance: balance)
        // The bank books some of a day's transfers on the next.
        let midnight = Int.random(in: 0...world.lines.count, using: &random)
        for (place, line) in world.lines.enumerated() {
            let hours: Int64 = place < midnight ? 0 : 18
            lines.add(line.id, line.amount, line.memo, at: noon.adding(seconds: hours * 3600 + Int64(place) % 600))
        }
        guard !world.lines.isEmpty else { return balance }
        let path = FileManager.default.temporaryDirectory.path + "/khop-\(UUID().uuidString).csv"
        try Data(lines.text.utf8).write(to: URL(fileURLWithPath: path))
        defer { unlink(path) }
        _ = try await account.services.statements.importFile(path: path, account: account.number, by: "test")
        return lines.balance
    }

    /// A second run finds nothing to do, and both ways of working out the difference agree on days near by.
    private static func nothingIsLeft(_ account: Account, _ day: Day) async throws {
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
