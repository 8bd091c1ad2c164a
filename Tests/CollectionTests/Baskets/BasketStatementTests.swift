import Collection
import Foundation
import Postgres
import Settlement
import TestSupport
import Testing
import Values
import Workflow

/// Baskets and the bank's statement: lines that confirm their notices, and lines that no notice reported.
@Suite struct BasketStatementTests {
    private static func explained(_ desk: Desk) async throws {
        try await desk.expectCleanBooks()
        let today = Instant.now().day
        let explanation = try await desk.services.explanations.explain(account: desk.account, day: today, limit: 20)
        #expect(explanation.residual == .zero)
    }

    @Test func `a line is matched to the notice of its basket, by its id or by the reference in its memo`() async throws
    {
        try await TestDatabase.withServices { services in
            let desk = try await BasketDesk(services)
            let basket = try await desk.basket(try await desk.requests(3))
            #expect(try await desk.desk.settle("t1", 12_000, basket.reference) == .partial)
            #expect(try await desk.desk.settle("t2", 18_000, basket.reference) == .settled)
            var lines = StatementLines()
            lines.add("t1", 12_000, "x")
            lines.add("bank-2", 18_000, "ck \(basket.reference.lowercased()) le phi", counterparty: "0011")
            _ = try await lines.imported(into: desk.desk)
            #expect(try await desk.desk.reconcile() == ["matched": 2])
            try await Self.explained(desk.desk)
        }
    }

    @Test
    func `a line that no notice reported pays its basket, whole or up to a place, and a callback confirms it once`()
        async throws
    {
        try await TestDatabase.withServices { services in
            let desk = try await BasketDesk(services)
            let basket = try await desk.basket(try await desk.requests(3))
            var lines = StatementLines()
            lines.add("b1", 20_000, "nop \(basket.reference)")
            lines.add("b2", 4000, "nop \(basket.reference)")
            _ = try await lines.imported(into: desk.desk)
            // The second does not pay a request as a whole: a person decides about it.
            #expect(try await desk.desk.reconcile() == ["recovered": 1, "amount_mismatch": 1, "cases_opened": 1])
            #expect(try await desk.remaining(basket) == [0, 0, 10_000])
            // The callback has another id than the bank's line.
            #expect(try await desk.desk.settle("gateway-1", 20_000, basket.reference) == .duplicate)
            #expect(try await desk.remaining(basket) == [0, 0, 10_000])
            // Another transfer of the same amount is another payment.
            #expect(try await desk.desk.settle("gateway-2", 20_000, basket.reference) == .overpaid)
            #expect(try await desk.remaining(basket) == [0, 0, 0])
            try await Self.explained(desk.desk)
        }
    }

    @Test func `a line in suspense pays the basket that its callback names`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await BasketDesk(services)
            let basket = try await desk.basket(try await desk.requests(2))
            var lines = StatementLines()
            lines.add("b1", 20_000, "NGUYEN VAN A chuyen tien")
            _ = try await lines.imported(into: desk.desk)
            #expect(try await desk.desk.reconcile() == ["unmatched": 1, "cases_opened": 1])
            #expect(try await desk.desk.settle("b1", 20_000, basket.reference) == .settled)
            #expect(try await desk.desk.cases("unmatched").isEmpty)
            #expect(try await desk.desk.balance("suspense", desk.desk.account) == 0)
            #expect(try await desk.state(basket) == "paid")
            try await Self.explained(desk.desk)
        }
    }

    @Test(arguments: [true, false])
    func `what waits for confirmation pays its basket once, by the person or by the callback`(_ isConfirmed: Bool)
        async throws
    {
        try await TestDatabase.withServices { services in
            let desk = try await BasketDesk(services, recovery: .confirmed)
            let basket = try await desk.basket(try await desk.requests(2))
            var lines = StatementLines()
            lines.add("b1", 20_000, "nop \(basket.reference)")
            let statement = try await lines.imported(into: desk.desk).statement.id
            #expect(try await desk.desk.reconcile() == ["recovered": 1, "awaiting_confirmation": 1])
            #expect(try await desk.remaining(basket) == [10_000, 10_000])
            if isConfirmed {
                #expect(try await desk.desk.confirm(statement).lines == 1)
                #expect(try await desk.desk.settle("gateway", 20_000, basket.reference) == .duplicate)
            } else {
                #expect(try await desk.desk.settle("gateway", 20_000, basket.reference) == .settled)
                #expect(try await desk.desk.recoveryStates() == ["superseded", "superseded"])
            }
            #expect(try await desk.remaining(basket) == [0, 0])
            #expect(try await desk.desk.balance("suspense", desk.desk.account) == 0)
            #expect(try await desk.desk.balance("bank", desk.desk.account) == 1_020_000)
            try await Self.explained(desk.desk)
        }
    }

    @Test func `a statement that paid a basket is undone, but not when a callback came for the basket since`()
        async throws
    {
        try await TestDatabase.withServices { services in
            let desk = try await BasketDesk(services)
            let basket = try await desk.basket(try await desk.requests(2))
            var lines = StatementLines()
            lines.add("b1", 20_000, "nop \(basket.reference)")
            let imported = try await lines.imported(into: desk.desk)
            _ = try await desk.desk.reconcile()
            #expect(try await desk.state(basket) == "paid")
            _ = try await services.statementUndos.undo(imported.id, note: "wrong file", by: Desk.hoa)
            #expect(try await desk.remaining(basket) == [10_000, 10_000])
            let again = try await lines.imported(into: desk.desk)
            _ = try await desk.desk.reconcile()
            #expect(try await desk.desk.settle("later", 5000, basket.reference) == .overpaid)
            await #expect(throws: ServiceError.self) {
                _ = try await services.statementUndos.undo(again.id, note: "wrong file", by: Desk.hoa)
            }
            try await Self.explained(desk.desk)
        }
    }

    @Test func `a payment that the bank never shows is missing, with the agency of the basket's first request`()
        async throws
    {
        try await TestDatabase.withServices { services in
            let desk = try await BasketDesk(services)
            let basket = try await desk.basket(try await desk.requests(2))
            // Made long ago, so that the time of the transfer is believed.
            try await services.database.scriptUnguarded(
                "update basket set created_at = created_at - interval '50 days'"
            )
            let before = Instant.now().adding(seconds: -9 * 86_400)
            #expect(try await desk.desk.settle("t1", 20_000, basket.reference, at: before) == .settled)
            _ = try await services.reconciliation.run(
                account: desk.desk.account,
                through: Instant.now().day,
                by: "test"
            )
            let cases = try await services.database.query(
                "select agency_code, amount from reconciliation_case where kind = 'missing_at_bank'"
            )
            #expect(try cases.map { try $0.get(0, as: String.self) } == ["H44.01"])
            #expect(try cases.map { try $0.get(1, as: Int64.self) } == [20_000])
        }
    }
}
