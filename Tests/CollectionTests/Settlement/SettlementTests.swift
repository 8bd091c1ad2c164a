import BankCallbacks
import Collection
import Cryptography
import FeeSchedule
import Foundation
import Postgres
import Settlement
import TestSupport
import Testing
import Values
import Workflow

@Suite struct SettlementTests {
    @Test func `each outcome of a notice has its effect on request, cases and books`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            let request = try await desk.request()
            #expect(try await desk.settle("t1", 4000, request.reference) == .partial)
            #expect(try await desk.cases("underpaid").count == 1)
            #expect(try await desk.settle("t2", 6000, request.reference) == .settled)
            #expect(try await desk.cases("underpaid").isEmpty)
            #expect(try await desk.settle("t2", 6000, request.reference) == .duplicate)
            #expect(try await desk.settle("t2", 6001, request.reference) == .conflict)
            #expect(try await desk.settle("t2", 6001, request.reference) == .conflict)
            #expect(try await desk.cases("conflict").count == 1)
            #expect(try await desk.settle("t3", 10_000, request.reference) == .overpaid)
            #expect(try await desk.settle("t4", 500, nil) == .unknownReference)
            #expect(try await desk.settle("t5", 500, request.reference, credit: false) == .notCredit)
            let paid = try await desk.find(request.id.text)
            #expect(paid.status == .paid && paid.amountReceived == Money(20_000))
            #expect(try await desk.balance("bank", desk.account) == 20_500)
            #expect(try await desk.balance("suspense", desk.account) == -10_500)
            #expect(try await desk.balance("revenue", "H44.01") == -10_000)

            let over = try await desk.request()
            #expect(try await desk.settle("t6", 10_001, over.reference) == .overpaid)
            #expect(try await desk.find(over.id.text).status == .paid)
            #expect(try await desk.cases("overpaid").map { $0["amount"]?.integer } == [10_000, 1])

            let cancelled = try await desk.request()
            _ = try await services.paymentRequests.cancel(cancelled.id)
            #expect(try await desk.settle("t7", 10_000, cancelled.reference) == .late)
            #expect(try await desk.cases("late").count == 1)
            #expect(try await desk.find(cancelled.id.text).status == .cancelled)
            try await desk.expectCleanBooks()
        }
    }

    @Test func `an expired request is settled within its grace if its price still holds`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            let now = Instant.now()
            let held = try await desk.request(expiresIn: 1)
            try await until { try await desk.find(held.id.text).status(at: .now()) == .expired }
            #expect(try await services.paymentRequests.expireDue(since: now.adding(seconds: -60)) == 1)
            #expect(try await desk.find(held.id.text).status == .expired)
            #expect(try await desk.settle("g1", 10_000, held.reference) == .settled)
            #expect(try await desk.find(held.id.text).status == .paid)

            // Beyond the grace period, and with a price that has changed since, the money waits in suspense.
            let over = try await desk.request(expiresIn: 1)
            #expect(try await desk.settle("g2", 10_000, over.reference, at: now.adding(seconds: 300)) == .settled)
            let gone = try await desk.request(expiresIn: 1)
            _ = try await services.database.asOwner(
                "update payment_request set expires_at = now() - interval '2 days' where id = \(gone.id)::uuid"
            )
            #expect(try await desk.settle("g3", 10_000, gone.reference) == .late)
            let dearer = try await desk.request(expiresIn: 1)
            _ = try await services.database.asOwner(
                """
                update payment_request set expires_at = now() - interval '1 hour', amount_due = 9000, charge_due = null
                where id = \(dearer.id)::uuid
                """
            )
            #expect(try await desk.settle("g4", 9000, dearer.reference) == .late)
            try await desk.expectCleanBooks()
        }
    }

    @Test func `a time of transfer in the future is replaced by the time of receipt`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            let request = try await desk.request()
            let before = Instant.now()
            #expect(
                try await desk.settle("c1", 10_000, request.reference, at: before.adding(seconds: 3000)) == .settled
            )
            let paidAt = try #require(try await desk.find(request.id.text).paidAt)
            #expect(paidAt >= before && paidAt <= Instant.now())
            let flagged = try await services.database.query("select reported_at is not null from bank_notice").row()
            #expect(try flagged.get(0, as: Bool.self))
        }
    }

    @Test func `32 equal notices at once are one payment`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            let request = try await desk.request()
            let outcomes = try await withThrowingTaskGroup(of: NoticeOutcome.self) { group in
                for _ in 0..<32 { group.addTask { try await desk.settle("same", 10_000, request.reference) } }
                return try await group.reduce(into: [NoticeOutcome]()) { $0.append($1) }
            }
            #expect(outcomes.filter { $0 == .settled }.count == 1)
            #expect(outcomes.filter { $0 == .duplicate }.count == 31)
            try await desk.expectCleanBooks()
        }
    }

    @Test func `a transfer reported by two connections is counted once`() async throws {
        try await TestDatabase.withServices { services in
            let bank = try await Desk(services)
            let gateway = try await Desk(services, name: "gateway")
            let request = try await bank.request()
            #expect(try await bank.settle("FT1", 10_000, request.reference) == .settled)
            #expect(try await gateway.settle("FT1", 10_000, request.reference) == .duplicate)
            #expect(try await bank.balance("bank", bank.account) == 10_000)
            try await bank.expectCleanBooks()
        }
    }

    @Test func `two servers that settle in any order agree with a model`() async throws {
        var random = Seeded("settlement against a model")
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            // Three connections of one merchant, whose messages name no account: two accounts.
            let accounts = [desk.account, "9990012345678"]
            var shops: [Desk] = []
            for (number, account) in [accounts[0], accounts[1], accounts[0]].enumerated() {
                shops.append(try await Desk(services, name: "shop-\(number)", account: account, merchant: "SHOP"))
            }
            let second = Settler(services.database, graceSeconds: 0) { _, _ in [] }
            var requests: [PaymentRequest] = []
            for _ in 0..<12 { requests.append(try await desk.request()) }
            // Every transaction has one content, so whatever the order and the repeats, the sums are these.
            var expected: [UUID: Int64] = [:]
            var rows: [NoticeRow] = []
            var unknown: Int64 = 0
            for number in 0..<150 {
                let amount = Int64.random(in: 1...9000, using: &random)
                let request = random.chance(90) ? random.pick(requests) : nil
                rows.append(desk.row("m\(number)", amount, request.map { [$0.reference] } ?? ["RF00000000000000"]))
                if let request { expected[request.id, default: 0] += amount } else { unknown += amount }
            }
            var sent: [NoticeRow] = []
            for row in rows { for _ in 0..<Int.random(in: 1...3, using: &random) { sent.append(row) } }
            // Wherever such a transaction is told first, it is told once.
            for number in 0..<40 {
                let amount = Int64.random(in: 1...9000, using: &random)
                unknown += amount
                for _ in 0..<Int.random(in: 1...4, using: &random) {
                    sent.append(random.pick(shops).row("g\(number)", amount, ["RF00000000000000"]))
                }
            }
            sent.shuffle(using: &random)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for (index, row) in sent.enumerated() {
                    group.addTask { _ = try await (index % 2 == 0 ? services.settler : second).settle(row) }
                }
                try await group.waitForAll()
            }
            await second.close()
            for request in requests {
                let found = try await desk.find(request.id.text)
                #expect(found.amountReceived == Money(expected[request.id] ?? 0))
                #expect((found.status == .paid) == (found.amountReceived >= found.amountDue))
            }
            var arrived: Int64 = 0
            for account in accounts { arrived += try await desk.balance("bank", account) }
            #expect(arrived == expected.values.reduce(unknown, +))
            try await desk.expectCleanBooks()
        }
    }

    @Test func `a notice that cannot be stored does not fail its neighbours`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            var requests: [PaymentRequest] = []
            for _ in 0..<9 { requests.append(try await desk.request()) }
            let results = await withTaskGroup(of: Bool.self) { group in
                for (index, request) in requests.enumerated() {
                    var row = desk.row("p\(index)", 10_000, [request.reference])
                    // A text PostgreSQL cannot store: its batch fails as a whole at first.
                    if index == 4 { row.notice.transactionID = "bad\u{0}id" }
                    let poisoned = row
                    group.addTask {
                        do { return try await services.settler.settle(poisoned).outcome == .settled } catch {
                            return false
                        }
                    }
                }
                return await group.reduce(into: [Bool]()) { $0.append($1) }
            }
            #expect(results.filter { $0 }.count == 8)
            try await desk.expectCleanBooks()
        }
    }

    @Test func `a full queue refuses at once`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            var limits = Settler.Limits()
            limits.queue = 0
            let full = Settler(services.database, limits: limits, graceSeconds: 0) { _, _ in [] }
            let error = await #expect(throws: ServiceError.self) { _ = try await full.settle(desk.row("q", 1, [])) }
            #expect(error?.code == .overloaded)
        }
    }
}
