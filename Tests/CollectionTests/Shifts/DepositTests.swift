import Casework
import Collection
import Postgres
import TestSupport
import Testing
import Values

/// The cash of shifts on its way to the bank, through the clearing account.
@Suite struct DepositTests {
    private func run(_ drawer: Drawer) async throws -> [String: Int64] {
        let run = try await drawer.services.reconciliation.run(
            account: drawer.desk.account,
            through: Instant.now().day,
            by: "test"
        )
        return Dictionary(uniqueKeysWithValues: (run.counts?.members ?? []).map { ($0.name, $0.value.integer ?? 0) })
    }

    /// Two closed shifts that hold 40.000 and 20.000 beyond their floats.
    private func closed(_ drawer: Drawer) async throws -> [Shift] {
        let one = try await drawer.open()
        try await drawer.take(try await drawer.request())
        try await drawer.take(try await drawer.request())
        let two = try await drawer.open(Drawer.hien, float: 0)
        try await drawer.take(try await drawer.request(), by: Drawer.hien)
        return [
            try await drawer.close(one, 540_000), try await drawer.close(two, 20_000, by: Drawer.hien),
        ]
    }

    private func deposit(_ drawer: Drawer, _ shifts: [Shift], _ amount: Int64, _ slip: String = "GNT-9") async throws
        -> CashDeposit
    {
        try await drawer.services.shifts.deposit(
            shifts.map(\.id),
            amount: Money(amount),
            slipNumber: slip,
            on: Instant.now().day,
            by: Drawer.mai,
            within: nil
        )
    }

    @Test func `cash is in clearing until the line with its slip shows it`() async throws {
        try await TestDatabase.withServices { services in
            let drawer = try await Drawer(services)
            let shifts = try await closed(drawer)
            try await Drawer.expect("deposit_differs") { _ = try await deposit(drawer, shifts, 59_000) }
            let made = try await deposit(drawer, shifts, 60_000)
            #expect(made.shownAt == nil && made.accountNumber == drawer.desk.account)
            try await Drawer.expect("shift_deposited") { _ = try await deposit(drawer, [shifts[0]], 40_000) }
            #expect(try await drawer.desk.balance("desk", Drawer.agency) == 0)
            #expect(try await drawer.desk.balance("clearing", Drawer.agency) == 60_000)
            try await drawer.desk.expectCleanBooks()
            var lines = StatementLines()
            lines.add("GNT-9", 60_000, "NOP TIEN MAT")
            lines.add("GNT-8", 60_000, "NOP TIEN MAT")
            _ = try await lines.imported(into: drawer.desk)
            let counts = try await run(drawer)
            #expect(counts["matched"] == 1 && counts["cases_opened"] == 1, "\(counts)")
            #expect(try await drawer.desk.balance("clearing", Drawer.agency) == 0)
            #expect(try await services.shifts.deposits(within: nil).map { $0.shownAt != nil } == [true])
            try await drawer.desk.expectCleanBooks()
        }
    }

    @Test func `a line whose memo has the slip's number shows it, under the bank's own transaction`() async throws {
        try await TestDatabase.withServices { services in
            let drawer = try await Drawer(services)
            _ = try await deposit(drawer, try await closed(drawer), 60_000)
            var lines = StatementLines()
            lines.add("FT-1", 60_000, "TRAN MAI NOP TIEN MAT GNT 9")
            _ = try await lines.imported(into: drawer.desk)
            let counts = try await run(drawer)
            #expect(counts["matched"] == 1 && counts["cases_opened"] == 0, "\(counts)")
            #expect(try await drawer.desk.balance("clearing", Drawer.agency) == 0)
            #expect(try await services.shifts.deposits(within: nil).map { $0.shownAt != nil } == [true])
            try await drawer.desk.expectCleanBooks()
        }
    }

    @Test func `a callback with the slip's number shows it too, once`() async throws {
        try await TestDatabase.withServices { services in
            let drawer = try await Drawer(services)
            _ = try await deposit(drawer, try await closed(drawer), 60_000)
            #expect(try await drawer.desk.settle("GNT-9", 60_000, nil) == .duplicate)
            #expect(try await drawer.desk.balance("clearing", Drawer.agency) == 0)
            #expect(try await drawer.desk.balance("bank", drawer.desk.account) == 60_000)
            var lines = StatementLines()
            lines.add("GNT-9", 60_000, "NOP TIEN MAT")
            _ = try await lines.imported(into: drawer.desk)
            #expect(try await run(drawer)["matched"] == 1)
            try await drawer.desk.expectCleanBooks()
        }
    }

    @Test func `open shifts, other agencies, and a slip that was used are refused`() async throws {
        try await TestDatabase.withServices { services in
            let drawer = try await Drawer(services)
            let shifts = try await closed(drawer)
            let open = try await drawer.open()
            try await Drawer.expect("conflict") { _ = try await deposit(drawer, [open], 1000) }
            let elsewhere = try await drawer.open(at: "H44.02", float: 0)
            try await drawer.take(try await drawer.request("H44.02"))
            let other = try await drawer.close(elsewhere, 20_000)
            try await Drawer.expect("conflict") { _ = try await deposit(drawer, [shifts[0], other], 60_000) }
            _ = try await deposit(drawer, [shifts[0]], 40_000)
            try await Drawer.expect("conflict") { _ = try await deposit(drawer, [shifts[1]], 20_000) }
            _ = try await deposit(drawer, [shifts[1]], 20_000, "GNT-10")
            try await drawer.desk.expectCleanBooks()
        }
    }
}
