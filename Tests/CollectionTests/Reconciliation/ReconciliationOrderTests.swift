import Casework
import Collection
import Foundation
import Postgres
import TestSupport
import Testing
import Values
import Workflow

/// What arrives in another order than it happened, or at the very moment that something else is being judged.
@Suite struct ReconciliationOrderTests {
    private let today = Instant.now().day

    private func run(_ desk: Desk, through: Day) async throws -> [String: Int64] {
        let run = try await desk.services.reconciliation.run(account: desk.account, through: through, by: "test")
        return Dictionary(uniqueKeysWithValues: Reconciliation.outcomes.map { ($0, run.counts?[$0]?.integer ?? -1) })
            .filter { $0.value != 0 }
    }

    /// Waits until a backend of the database waits for a lock of a kind.
    private func waitForLock(_ services: Services, _ type: String) async throws {
        let types = type.split(separator: " ").map(String.init)
        try await until("a backend that waits for a lock") {
            let waiting = try await services.database.query(
                "select 1 from pg_locks where not granted and locktype = any(\(types)::text[])"
            )
            return !waiting.isEmpty
        }
    }

    /// The callback has begun to be settled when the run begins, and is committed while it runs.
    @Test(arguments: ["FT1", "GATEWAY-1"])
    func `a run waits for a callback in flight, which is booked once`(_ transaction: String) async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            let request = try await desk.request()
            var lines = StatementLines()
            lines.add("FT1", 10_000, "ck \(request.reference)")
            _ = try await lines.imported(into: desk)
            let gate = DispatchSemaphore(value: 0)
            async let held: Void = services.database.transaction { tx in
                _ = try tx.query("select 1 from payment_request where id = \(request.id)::uuid for update")
                gate.wait()
            }
            defer { gate.signal() }
            async let settled = desk.settle(transaction, 10_000, request.reference)
            try await waitForLock(services, "transactionid tuple")
            async let counts = run(desk, through: today)
            try await waitForLock(services, "advisory")
            gate.signal()
            _ = try await held
            #expect(try await settled == .settled)
            #expect(try await counts == ["matched": 1])
            #expect(try await desk.balance("bank", desk.account) == lines.balance)
            #expect(try await run(desk, through: today.next.next) == [:])
            try await desk.expectCleanBooks()
        }
    }

    /// Callbacks and a run at once, again and again: whoever is first, each transfer is booked once.
    @Test func `callbacks during a run are booked once`() async throws {
        var random = Seeded("callbacks during a run")
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            var lines = StatementLines()
            for round in 0..<6 {
                var requests: [PaymentRequest] = []
                for _ in 0..<40 { requests.append(try await desk.request()) }
                var next = StatementLines(balance: lines.balance)
                for (place, request) in requests.enumerated() {
                    next.add("R\(round)-\(place)", 10_000, random.chance(50) ? request.reference : "khong ghi gi")
                }
                _ = try await next.imported(into: desk)
                lines = next
                let delay = Int.random(in: 0...30, using: &random)
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for (place, request) in requests.enumerated() {
                        group.addTask {
                            try await Task.sleep(for: .milliseconds(place))
                            _ = try await desk.settle("R\(round)-\(place)", 10_000, request.reference)
                        }
                    }
                    group.addTask {
                        try await Task.sleep(for: .milliseconds(delay))
                        _ = try await run(desk, through: today)
                    }
                    try await group.waitForAll()
                }
            }
            _ = try await run(desk, through: today.next.next)
            #expect(try await desk.cases("missing_at_bank").isEmpty)
            #expect(try await desk.cases("overpaid").isEmpty)
            #expect(try await desk.cases("duplicate_line").isEmpty)
            #expect(try await desk.balance("bank", desk.account) == lines.balance)
            let record = try await services.reports.reconciliation(account: desk.account, day: today)
            #expect(record.difference == .zero && record.unexplained == .zero)
            try await desk.expectCleanBooks()
        }
    }

    private func day(_ distance: Int32, _ hour: Int64 = 10) -> Instant {
        Day(daysSinceEpoch: today.daysSinceEpoch + distance).start.adding(seconds: hour * 3600)
    }

    @Test func `an older statement imported later moves the opening balance`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            var older = StatementLines()
            older.add("FT1", 50_000, "a", at: day(-3))
            var newer = StatementLines(balance: older.balance)
            newer.add("FT2", 30_000, "b", at: day(-2))
            // The newer first, each reconciled when it has come; and then one before both that tells no balances.
            for statement in [newer, older] {
                _ = try await statement.imported(into: desk)
                _ = try await run(desk, through: today)
            }
            var silent = StatementLines()
            silent.add("FT0", 7000, "c", at: day(-5), counted: false)
            _ = try await silent.imported(into: desk)
            _ = try await run(desk, through: today)
            for (distance, closing) in [
                (-6, 993_000), (-5, 1_000_000), (-3, 1_050_000), (-2, 1_080_000), (0, 1_080_000),
            ] {
                let record = try await services.reports.reconciliation(
                    account: desk.account,
                    day: day(Int32(distance)).day
                )
                #expect(record.closing == Money(Int64(closing)), "\(distance)")
                // Before the first line there is, the books hold nothing yet.
                #expect(distance < -5 || record.unexplained == .zero && record.difference == .zero, "\(distance)")
            }
            try await desk.expectCleanBooks()
        }
    }

    @Test func `a missing statement opens a case in any order of import, which closes when it arrives`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            var first = StatementLines()
            first.add("FT1", 100, "a", at: day(-5))
            var second = StatementLines(balance: first.balance)
            second.add("FT2", 400, "b", at: day(-4))
            var third = StatementLines(balance: second.balance)
            third.add("FT3", 900, "c", at: day(-3))
            #expect(try await third.imported(into: desk).gap == nil)
            #expect(try await first.imported(into: desk).gap == nil)
            #expect(try await desk.cases("statement_gap").map { $0["amount"]?.integer } == [400])
            // Told again whenever the statement is.
            #expect(try await third.imported(into: desk).gap == Money(400))
            _ = try await run(desk, through: today)
            let record = try await services.reports.reconciliation(account: desk.account, day: day(-3).day)
            #expect(record.closing == Money(third.balance) && record.statedClosing == record.closing)
            #expect(record.difference == Money(-400) && record.unexplained == .zero)
            #expect(record.items.map(\.reason.code) == [.gapInStatements])
            // One that overlaps both its neighbours fills it.
            var filling = first
            filling.add("FT2", 400, "b", at: day(-4))
            #expect(try await filling.imported(into: desk).gap == nil)
            #expect(try await desk.cases("statement_gap").isEmpty)
            var overlapping = StatementLines(balance: second.balance - 400)
            overlapping.add("FT2", 400, "b", at: day(-4))
            overlapping.add("FT3", 900, "c", at: day(-3))
            overlapping.add("FT4", 50, "d", at: day(-2))
            let last = try await overlapping.imported(into: desk)
            #expect(last.gap == nil && last.overlapping == 2)
            _ = try await run(desk, through: today)
            let after = try await services.reports.reconciliation(account: desk.account, day: day(-2).day)
            #expect(after.closing == Money(overlapping.balance) && after.difference == .zero)
            try await desk.expectCleanBooks()
        }
    }

    @Test func `a line repeated without its hour or its id is the same line`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            func statement(_ id: String, hour: Int64) -> StatementLines {
                var lines = StatementLines()
                lines.add(id, 100, "a", at: day(-2, hour))
                lines.add("", 200, "b", at: day(-2, hour))
                return lines
            }
            _ = try await statement("FT1", hour: 10).imported(into: desk)
            #expect(try await statement("FT1", hour: 0).imported(into: desk).overlapping == 2)
            #expect(try await statement("", hour: 9).imported(into: desk).overlapping == 2)
            #expect(try await run(desk, through: today) == ["unmatched": 2, "cases_opened": 2])
        }
    }

    /// Alike to the balance, a line may still stand twice in a day; what an extract of the day adds is new.
    @Test func `an extract of part of a day continues from the middle of another`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            var lines = StatementLines()
            for amount: Int64 in [100, -100, 100] { lines.add("", amount, "a", at: day(-2)) }
            _ = try await lines.imported(into: desk)
            lines.add("", -100, "a", at: day(-2))
            let whole = try await lines.imported(into: desk)
            #expect(whole.overlapping == 3 && whole.gap == nil)
            var part = StatementLines(balance: lines.balance + 100)
            part.add("", -100, "a", at: day(-2, 0))
            part.add("", 70, "b", at: day(-2, 0))
            let last = try await part.imported(into: desk)
            #expect(last.overlapping == 1 && last.gap == nil)
            _ = try await run(desk, through: today)
            let record = try await services.reports.reconciliation(account: desk.account, day: day(-2).day)
            #expect(record.closing == Money(1_000_070) && record.difference == .zero && record.unexplained == .zero)
            try await desk.expectCleanBooks()
        }
    }

    /// Several requests are paid by the transfer that came first, however the statements were imported.
    @Test(arguments: [false, true]) func `outcomes do not depend on the order of import`(_ isReversed: Bool)
        async throws
    {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            var requests: [PaymentRequest] = []
            for _ in 0..<4 { requests.append(try await desk.request()) }
            let names = requests.map(\.reference)
            var first = StatementLines()
            first.add("X", 20_000, "\(names[0]) \(names[1])", at: day(0, 0))
            first.add("T1", 10_000, names[3], at: day(0, 0).adding(seconds: 60))
            var second = StatementLines(balance: first.balance)
            second.add("Y", 20_000, "\(names[1]) \(names[2])", at: day(0, 0).adding(seconds: 30))
            second.add("T2", 10_000, names[3], at: day(0, 0).adding(seconds: 60))
            for lines in isReversed ? [second, first] : [first, second] { _ = try await lines.imported(into: desk) }
            _ = try await run(desk, through: today)
            let outcomes = try await services.database.query(
                """
                select l.transaction_id, o.outcome from statement_line l join line_outcome o on o.line_id = l.id order by 1
                """
            ).map { try "\($0.get(0, as: String.self)) \($0.get(1, as: String.self))" }
            #expect(outcomes == ["T1 recovered", "T2 duplicate_line", "X recovered", "Y amount_mismatch"])
            try await desk.expectCleanBooks()
        }
    }

    @Test func `the rest of a payment is recovered while its first part awaits its line`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            let request = try await desk.request()
            #expect(try await desk.settle("FT1", 4000, request.reference) == .partial)
            var lines = StatementLines()
            lines.add("FT2", 6000, request.reference)
            _ = try await lines.imported(into: desk)
            #expect(try await run(desk, through: today) == ["recovered": 1])
            #expect(try await desk.find(request.id.text).status == .paid)
            var rest = StatementLines(balance: lines.balance)
            rest.add("FT1", 4000, "x")
            // The bank's id once more with another amount, of a payment that is proved.
            rest.add("FT1", 4500, "y")
            _ = try await rest.imported(into: desk)
            #expect(try await run(desk, through: today) == ["matched": 1, "amount_mismatch": 1, "cases_opened": 1])
            #expect(try await desk.balance("bank", desk.account) == rest.balance)
            try await desk.expectCleanBooks()
        }
    }

    @Test func `two persons link a line to a payment that is already in the books`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            let request = try await desk.request()
            _ = try await desk.settle("GATEWAY-1", 10_000, request.reference, at: day(-3))
            var lines = StatementLines()
            lines.add("BANK-1", 10_000, "NGUYEN VAN A CHUYEN TIEN", at: day(-3, 11))
            _ = try await lines.imported(into: desk)
            #expect(
                try await run(desk, through: today) == ["unmatched": 1, "missing_at_bank": 1, "cases_opened": 2]
            )
            let id = try #require(try await desk.cases("unmatched").first?["id"]?.integer)
            let offered = try await services.cases.find(id).json(in: .english)["suggestions"]?.array?.first
            #expect(offered?["reference"]?.string == request.reference && offered?["notice_id"]?.integer != nil)
            let link = CaseDecision(.link(.request(request.reference), amount: nil), note: "cùng một giao dịch")
            let (hoa, binh) = (TestPerson.hoa, TestPerson.nam)
            #expect(try await services.caseActions.resolve(id, link, by: hoa).head.state == .awaitingApproval)
            #expect(try await services.caseActions.resolve(id, link, by: binh).head.state == .resolved)
            #expect(try await desk.cases("missing_at_bank").isEmpty)
            #expect(try await desk.balance("bank", desk.account) == lines.balance)
            #expect(try await desk.balance("suspense", desk.account) == 0)
            #expect(try await desk.find(request.id.text).amountReceived == Money(10_000))
            #expect(try await run(desk, through: today) == [:])
            let record = try await services.reports.reconciliation(account: desk.account, day: day(-3).day)
            #expect(record.difference == .zero && record.items.isEmpty)
            try await desk.expectCleanBooks()
        }
    }

    @Test func `another server finishes a day that one left half done`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            let other = try await Desk(services, name: "other", account: "9990012345678")
            // Neither account has a statement: the payments are missing all the same.
            for desk in [desk, other] {
                let request = try await desk.request()
                _ = try await desk.settle("FT-\(desk.account)", 10_000, request.reference, at: day(-4))
            }
            let morning = today.start.adding(seconds: ReconciliationSchedule.Times().daily)
            let now = max(morning, Instant.now())
            _ = try await services.database.asOwner(
                """
                insert into job_state (name, value, changed_at)
                values ('daily_reconciliation', \(today.description), now() - interval '9 minutes')
                """
            )
            #expect(try await services.schedule.runDue(now: now).isEmpty)
            _ = try await run(desk, through: today.previous)
            _ = try await services.database.asOwner("update job_state set changed_at = now() - interval '11 minutes'")
            let runs = try await services.schedule.runDue(now: now).map(\.accountNumber)
            #expect(runs == (Instant.now() >= morning ? [other.account] : [desk.account, other.account]))
            #expect(try await desk.cases("missing_at_bank").count == 2)
        }
    }
}
