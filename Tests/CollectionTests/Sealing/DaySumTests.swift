import Collection
import Matching
import Postgres
import TestSupport
import Testing
import Values

/// Sums of days: whatever is asked about a day is answered alike from the rows and from their sums.
@Suite struct DaySumTests {
    private static let account = "0801000567890"
    private static let days = 14
    private static let firstDay = Day("2025-01-01")!

    /// All that is told of each day of the account.
    private static func told(_ services: Services) async throws -> [JSON] {
        var told: [JSON] = []
        for number in -2...(2 * days + 2) {
            let day = firstDay.adding(days: number)
            let explained = try await services.explanations.explain(account: account, day: day)
            #expect(explained.residual == .zero, "\(day) is not explained")
            let record = try await services.reports.reconciliation(account: account, day: day)
            told += [
                explained.json(in: .english), .money(record.opening), .money(record.closing), .money(record.books),
            ]
        }
        return told
    }

    /// As before anything was summed.
    private static func forget(_ world: SealedWorld) async throws {
        try await world.tamper(
            """
            truncate ledger_day, statement_day, timing_difference; update day_sum_progress set summed_through = 0
            """
        )
    }

    /// Imports a statement of lines with the bank's id, the amount and the day.
    private static func importLines(of desk: Desk, _ lines: [(String, Int64, Day)]) async throws -> Int64 {
        var statement = StatementLines()
        for (id, amount, day) in lines { statement.add(id, amount, "x", at: day.start.adding(seconds: 43_200)) }
        return try await statement.imported(into: desk).id
    }

    private static func expectSums(_ world: SealedWorld, hold: Bool) async throws {
        let finding = try #require(try await world.services.ledger.verify().first { $0.name == "days_add_up" })
        #expect(finding.ok == hold, "\(finding.detail[.english])")
    }

    @Test func `a day is told alike from rows and from sums, with what is not summed yet`() async throws {
        var random = Seeded("day sums")
        try await SealedWorld.with { world in
            try await world.fill(days: Self.days, &random)
            try await Self.expectSums(world, hold: true)
            let lines = try await world.query("select coalesce(sum(lines), 0)::bigint from statement_day")
            #expect(try lines.row().get(0, as: Int64.self) > 0)
            let sealed = try await Self.told(world.services)

            // More, of days that are summed already; nobody seals it.
            let desk = try await Desk(world.services)
            let more = (0..<20).map { number in
                let day = Self.firstDay.adding(days: Int.random(in: 0..<(2 * Self.days), using: &random))
                return ("MORE\(number)", 1000 + Int64(number), day)
            }
            _ = try await Self.importLines(of: desk, more.sorted { $0.2 < $1.2 })
            let through = Self.firstDay.adding(days: 2 * Self.days)
            _ = try await world.services.reconciliation.run(account: desk.account, through: through, by: "test")
            let partly = try await Self.told(world.services)
            #expect(partly != sealed)
            try await Self.forget(world)
            #expect(try await Self.told(world.services) == partly)
            _ = try await world.sealAll()
            #expect(try await Self.told(world.services) == partly)
            try await Self.expectSums(world, hold: true)
        }
    }

    @Test func `a payment that the bank shows on another day explains the days between, summed or not`() async throws {
        try await SealedWorld.with { world in
            let desk = try await Desk(world.services)
            let request = try await desk.request()
            let paid = Instant.now().day.adding(days: -6)
            _ = try await desk.settle("FT1", 10_000, request.reference, at: paid.start.adding(seconds: 43_200))
            let statement = try await Self.importLines(of: desk, [("FT1", 10_000, paid.adding(days: 3))])
            _ = try await world.services.reconciliation.run(
                account: desk.account,
                through: Instant.now().day,
                by: "test"
            )
            for isSummed in [false, true] {
                if isSummed { _ = try await world.sealAll() }
                for (day, differs) in [(-1, false), (0, true), (2, true), (3, false)] {
                    let told = try await world.services.explanations.explain(
                        account: desk.account,
                        day: paid.adding(days: day)
                    )
                    #expect(told.residual == .zero)
                    let kinds = told.items.map(\.kind).filter { $0 != .openingBalance }
                    #expect(kinds == (differs ? [.paymentShownLater] : []), "day \(day)")
                }
            }
            _ = try await world.services.statementUndos.undo(statement, note: "wrong file", by: Desk.hoa)
            let left = try await world.query("select count(*) from timing_difference").row().get(0, as: Int64.self)
            #expect(left == 0)
            try await Self.expectSums(world, hold: true)
        }
    }

    @Test func `a statement that is undone while it is summed leaves nothing of it`() async throws {
        try await SealedWorld.with { world in
            let desk = try await Desk(world.services)
            for round in 0..<12 {
                let day = Instant.now().day.adding(days: -1)
                let statement = try await Self.importLines(of: desk, (0..<50).map { ("R\(round)-\($0)", 1000, day) })
                async let sealed = world.sealAll()
                async let undone = world.services.statementUndos.undo(statement, note: "wrong file", by: Desk.hoa)
                _ = try await (sealed, undone)
            }
            _ = try await world.sealAll()
            try await Self.expectSums(world, hold: true)
            let left = try await world.query(
                "select coalesce(sum(amount), 0)::bigint + coalesce(sum(lines), 0)::bigint from statement_day"
            ).row().get(0, as: Int64.self)
            #expect(left == 0)
        }
    }

    @Test(arguments: [
        "update statement_day set amount = amount + 1", "update statement_day set lines = lines + 1",
        "delete from ledger_day", "update ledger_day set booked_on = booked_on + 1000", "delete from timing_difference",
    ])
    func `a sum that is not that of its rows is found`(_ tampering: String) async throws {
        try await SealedWorld.with { world in
            let desk = try await Desk(world.services)
            let paid = Instant.now().day.adding(days: -3)
            let reference = try await desk.request().reference
            _ = try await desk.settle("FT1", 10_000, reference, at: paid.start.adding(seconds: 43_200))
            _ = try await Self.importLines(of: desk, [("FT1", 10_000, paid.next)])
            _ = try await world.services.reconciliation.run(
                account: desk.account,
                through: Instant.now().day,
                by: "test"
            )
            _ = try await world.sealAll()
            try await Self.expectSums(world, hold: true)
            try await world.tamper(tampering)
            try await Self.expectSums(world, hold: false)
        }
    }
}
