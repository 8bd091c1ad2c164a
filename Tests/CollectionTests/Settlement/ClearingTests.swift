import Casework
import Collection
import Postgres
import Settlement
import TestSupport
import Testing
import Values

/// What a cashier enters as paid without cash lies in a clearing account until the bank shows it.
@Suite struct ClearingTests {
    /// A request of 20.000 đồng that a cashier has entered as paid.
    private func entered(_ desk: Desk, by channel: String = "counter_transfer", slip: String? = nil) async throws
        -> PaymentRequest
    {
        let request = try await desk.request(channel)
        var members: [JSON.Member] = [
            .init("payment_request_id", .string(request.id.text)), .init("channel", .string(channel)),
            .init("amount", 20_000),
        ]
        if let slip { members.append(.init("receipt_number", .string(slip))) }
        guard
            case .paid = try await desk.services.counterPayments.take(
                try CounterPayments.Taken(.object(members)),
                caller: nil
            )
        else {
            Issue.record("the counter did not take the amount due")
            return request
        }
        let paid = try await desk.find(request.id.text)
        #expect(paid.status == .paid)
        return paid
    }

    private func run(_ desk: Desk, through: Day = Instant.now().day) async throws -> [String: Int64] {
        let run = try await desk.services.reconciliation.run(account: desk.account, through: through, by: "test")
        return Dictionary(uniqueKeysWithValues: (run.counts?.members ?? []).map { ($0.name, $0.value.integer ?? 0) })
    }

    private func expect(
        _ desk: Desk,
        clearing: Int64,
        bank: Int64,
        suspense: Int64 = 0,
        location: SourceLocation = #_sourceLocation
    ) async throws {
        #expect(try await desk.balance("clearing", "H44.01") == clearing, sourceLocation: location)
        #expect(try await desk.balance("bank", desk.account) == bank, sourceLocation: location)
        #expect(try await desk.balance("suspense", desk.account) == -suspense, sourceLocation: location)
        try await desk.expectCleanBooks()
    }

    @Test(arguments: ["counter_qr", "counter_card", "counter_transfer"])
    func `a counter payment without cash is in clearing, not at the counter`(_ channel: String) async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            _ = try await entered(desk, by: channel)
            #expect(try await desk.balance("desk", "H44.01") == 0)
            try await expect(desk, clearing: 20_000, bank: 0)
        }
    }

    @Test func `a callback confirms a counter payment, and the line matches the callback`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            let request = try await entered(desk)
            #expect(try await desk.settle("T1", 20_000, request.reference) == .duplicate)
            try await expect(desk, clearing: 0, bank: 20_000)
            var lines = StatementLines()
            lines.add("T1", 20_000, request.reference)
            _ = try await lines.imported(into: desk)
            #expect(try await run(desk)["matched"] == 1)
            try await expect(desk, clearing: 0, bank: 1_020_000)
            // The same transfer by the bank once more is a second payment only under another id.
            #expect(try await desk.settle("T1", 20_000, request.reference) == .duplicate)
            #expect(try await desk.settle("T2", 20_000, request.reference) == .overpaid)
            try await expect(desk, clearing: 0, bank: 1_040_000, suspense: 20_000)
        }
    }

    @Test(arguments: ["T1", "another id"])
    func `a line confirms a counter payment, and the callback that follows is a duplicate`(_ transaction: String)
        async throws
    {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            let request = try await entered(desk)
            var lines = StatementLines()
            lines.add("T1", 20_000, request.reference)
            _ = try await lines.imported(into: desk)
            #expect(try await run(desk)["matched"] == 1)
            try await expect(desk, clearing: 0, bank: 1_020_000)
            #expect(try await desk.settle(transaction, 20_000, request.reference) == .duplicate)
            try await expect(desk, clearing: 0, bank: 1_020_000)
            #expect(try await run(desk)["cases_opened"] == 0)
        }
    }

    @Test func `the number on the slip identifies a counter payment without a reference`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            _ = try await entered(desk, by: "counter_card", slip: "S-77")
            _ = try await entered(desk, by: "counter_card", slip: "S-78")
            #expect(try await desk.settle("S-77", 20_000, nil) == .duplicate)
            var lines = StatementLines()
            lines.add("S-77", 20_000, "POS")
            lines.add("S-78", 20_000, "POS")
            lines.add("S-79", 20_000, "POS")
            _ = try await lines.imported(into: desk)
            let counts = try await run(desk)
            #expect(counts["matched"] == 2 && counts["unmatched"] == 1)
            try await expect(desk, clearing: 0, bank: 1_060_000, suspense: 20_000)
            // The line again, under another day, is the same transfer.
            var again = StatementLines()
            again.balance = 1_060_000
            again.add("S-78", 20_000, "POS", at: Instant.now().adding(seconds: 86_400), counted: false)
            _ = try await again.imported(into: desk)
            #expect(try await run(desk, through: Instant.now().day.adding(days: 1))["duplicate_line"] == 1)
            try await expect(desk, clearing: 0, bank: 1_060_000, suspense: 20_000)
        }
    }

    @Test func `a counter payment is missing at the bank until a line or callback confirms it`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            let (first, second) = (try await entered(desk), try await entered(desk))
            let later = Instant.now().day.adding(days: 4)
            #expect(try await run(desk, through: later)["missing_at_bank"] == 2)
            #expect(try await run(desk, through: later)["missing_at_bank"] == 0)
            #expect(try await desk.cases("missing_at_bank").count == 2)
            #expect(try await desk.settle("T1", 20_000, first.reference) == .duplicate)
            #expect(try await desk.cases("missing_at_bank").count == 1)
            var lines = StatementLines()
            lines.add("T1", 20_000, first.reference)
            lines.add("T2", 20_000, second.reference)
            _ = try await lines.imported(into: desk)
            #expect(try await run(desk, through: later)["matched"] == 2)
            #expect(try await desk.cases("missing_at_bank").isEmpty)
            try await expect(desk, clearing: 0, bank: 1_040_000)
        }
    }

    @Test func `two persons link a line without a reference to a counter payment`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            let request = try await entered(desk)
            var lines = StatementLines()
            lines.add("T1", 20_000, "chuyen tien")
            _ = try await lines.imported(into: desk)
            #expect(try await run(desk)["unmatched"] == 1)
            try await expect(desk, clearing: 20_000, bank: 1_020_000, suspense: 20_000)
            let id = try #require(try await desk.cases("unmatched").first?["id"]?.integer)
            let file = try await services.cases.find(id)
            #expect(file.suggestions.first?.reference == request.reference)
            let decision = try CaseDecision([
                "action": "link", "note": "seen at the bank", "reference": .string(request.reference),
            ])
            _ = try await services.caseActions.resolve(id, decision, by: try Person(commandLine: "one"))
            _ = try await services.caseActions.approve(id, note: nil, by: try Person(commandLine: "two"))
            try await expect(desk, clearing: 0, bank: 1_020_000)
            #expect(try await desk.cases("unmatched").isEmpty)
            // Its callback, if it comes at last, counts nothing.
            #expect(try await desk.settle("T1", 20_000, nil) == .duplicate)
            try await expect(desk, clearing: 0, bank: 1_020_000)
        }
    }

    @Test func `cash stays at the counter`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            _ = try await entered(desk, by: "counter_cash")
            #expect(try await desk.balance("desk", "H44.01") == 20_000)
            try await expect(desk, clearing: 0, bank: 0)
            #expect(try await run(desk, through: Instant.now().day.adding(days: 4))["missing_at_bank"] == 0)
        }
    }

    @Test func `a cleared counter payment stays cleared, whoever writes`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            let request = try await entered(desk)
            for sql in ["delete from clearing_item", "update clearing_item set amount = amount - 1"] {
                await #expect(throws: (any Error).self) {
                    _ = try await services.database.asOwner(Query(trustedSQL: sql))
                }
            }
            #expect(try await desk.settle("T1", 20_000, request.reference) == .duplicate)
            await #expect(throws: (any Error).self) {
                _ = try await services.database.asOwner(
                    "update clearing_item set cleared_at = null, cleared_by_notice = null"
                )
            }
        }
    }
}
