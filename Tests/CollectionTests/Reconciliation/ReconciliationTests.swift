import BankCallbacks
import Collection
import FeeSchedule
import Foundation
import Postgres
import TestSupport
import Testing
import Values

@Suite struct ReconciliationTests {
    private func importText(_ desk: Desk, _ text: String) async throws -> StatementImport.Imported {
        try await StatementLines.importText(text, into: desk)
    }

    private func run(_ desk: Desk, through: Day = Instant.now().day) async throws -> [String: Int64] {
        let run = try await desk.services.reconciliation.run(account: desk.account, through: through, by: "test")
        return Dictionary(uniqueKeysWithValues: Reconciliation.outcomes.map { ($0, run.counts?[$0]?.integer ?? -1) })
    }

    private func counts(_ changes: [String: Int64]) -> [String: Int64] {
        Dictionary(uniqueKeysWithValues: Reconciliation.outcomes.map { ($0, changes[$0] ?? 0) })
    }

    @Test func `each line has one outcome, and a second run changes nothing`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            var requests: [PaymentRequest] = []
            for _ in 0..<7 { requests.append(try await desk.request()) }
            _ = try await desk.settle("FT0", 10_000, requests[0].reference)
            _ = try await desk.settle("FT1", 10_000, requests[1].reference)
            _ = try await desk.settle("FT4", 10_000, requests[4].reference)
            _ = try await desk.settle("FT6", 10_000, requests[6].reference)
            var lines = StatementLines()
            lines.add("FT0", 10_000, "x")
            lines.add("OTHER-ID", 10_000, "ck \(requests[1].reference.lowercased()) le phi")
            lines.add("FT2", 10_000, requests[2].reference)
            lines.add("FT3", 9000, requests[3].reference)
            lines.add("FT4", 12_000, requests[4].reference)
            lines.add("FT0", 10_000, "x")
            lines.add("FT5", 10_000, requests[0].reference)
            lines.add("FT7", 77, "stray")
            lines.add("FT8", -500, "bank charge")
            let imported = try await importText(desk, lines.text)
            #expect(imported.statement.lines == 9 && !imported.isRepeated)
            #expect(try await importText(desk, lines.text).isRepeated)

            let first = try await run(desk)
            #expect(
                first
                    == counts([
                        "matched": 2, "recovered": 1, "amount_mismatch": 2, "duplicate_line": 2, "unmatched": 2,
                        "cases_opened": 6,
                    ])
            )
            #expect(try await run(desk) == counts([:]))
            #expect(try await desk.find(requests[2].id.text).status == .paid)
            #expect(try await desk.find(requests[3].id.text).status == .pending)

            // Books and bank agree but for the payment that no line has shown yet.
            // FT6 is still to come, and the line that came twice posted nothing.
            #expect(try await desk.balance("bank", desk.account) == lines.balance + 10_000 - 10_000)
            let later = try await run(desk, through: Instant.now().day.next)
            #expect(later == counts(["missing_at_bank": 1, "cases_opened": 1]))
            #expect(try await run(desk, through: Instant.now().day.next) == counts([:]))

            var second = StatementLines(balance: lines.balance)
            second.add("FT6", 10_000, "came a day later", at: Instant.now().adding(seconds: 86_400))
            _ = try await importText(desk, second.text)
            #expect(try await run(desk, through: Instant.now().day.next) == counts(["matched": 1]))
            #expect(try await desk.cases("missing_at_bank").isEmpty)
            #expect(try await desk.balance("bank", desk.account) == second.balance - 10_000)
            try await desk.expectCleanBooks()
        }
    }

    @Test func `a callback that follows its line is a duplicate, a second payment is not`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            let request = try await desk.request()
            var lines = StatementLines()
            lines.add("FT1", 10_000, request.reference)
            _ = try await importText(desk, lines.text)
            #expect(try await run(desk)["recovered"] == 1)
            #expect(try await desk.find(request.id.text).settledBy == .statement)
            #expect(try await desk.settle("GATEWAY-9", 10_000, request.reference) == .duplicate)
            #expect(try await desk.settle("GATEWAY-10", 10_000, request.reference) == .overpaid)
            #expect(try await desk.find(request.id.text).amountReceived == Money(20_000))
            try await desk.expectCleanBooks()
        }
    }

    @Test func `lines of overlapping statements are stored once`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            var lines = StatementLines()
            let at = Instant(unixSeconds: Instant.now().unixSeconds - 5)
            lines.add("FT1", 100, "a", at: at)
            lines.add("FT2", 200, "b", at: at)
            _ = try await importText(desk, lines.text)
            lines.add("FT3", 300, "c", at: at)
            let second = try await importText(desk, lines.text)
            #expect(second.overlapping == 2)
            #expect(try await run(desk)["unmatched"] == 3)
        }
    }

    @Test func `a statement that does not follow the one before it opens one case`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            var first = StatementLines()
            first.add("FT1", 100, "a")
            _ = try await importText(desk, first.text)
            var second = StatementLines(balance: first.balance + 55)
            second.add("FT2", 100, "b")
            #expect(try await importText(desk, second.text).gap == Money(55))
            #expect(try await desk.cases("statement_gap").count == 1)
        }
    }

    @Test func `a statement with a faulty line is refused as a whole`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            var lines = StatementLines()
            lines.add("FT1", 100, "a")
            let error = await #expect(throws: ServiceError.self) {
                _ = try await importText(desk, lines.text + "FT2,2026-02-30,,5,VND,,,,\n")
            }
            #expect(error?.code == .statementRejected && error?.faults.first?.pointer == "line 3, booked_at")
            #expect(try await services.database.query("select 1 from statement").isEmpty)
            #expect(try await services.database.query("select 1 from statement_line").isEmpty)
        }
    }

    @Test func `concurrent runs classify each line once`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            var lines = StatementLines()
            for number in 0..<50 { lines.add("FT\(number)", Int64(number + 1), "stray") }
            _ = try await importText(desk, lines.text)
            let total = try await withThrowingTaskGroup(of: Int64.self) { group in
                for _ in 0..<4 {
                    group.addTask {
                        // A run that meets another one is refused and classifies nothing.
                        do { return try await run(desk)["unmatched"] ?? 0 } catch let error as ServiceError
                            where error.code == .alreadyRunning
                        { return 0 }
                    }
                }
                return try await group.reduce(0, +)
            }
            #expect(total == 50)
            #expect(try await run(desk)["unmatched"] == 0)
            try await desk.expectCleanBooks()
        }
    }
}
