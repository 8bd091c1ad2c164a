import Collection
import TestSupport
import Testing
import Values

/// Random days at the bank, each imported, undone and imported again.
@Suite struct StatementUndoWorldTests {
    @Test(arguments: [false, true])
    func `after an undo books and reports are as before, and the file is imported again`(_ confirms: Bool) async throws
    {
        try await TestDatabase.withServices { services in
            var random = Seeded("undone worlds \(confirms)")
            let account = try await WorldAccount(
                services,
                number: "0801000567890",
                agency: "H44.01",
                confirms: confirms
            )
            var balance: Int64 = 1_000_000
            for number in 0..<40 {
                let day = Day("2025-01-01")!.adding(days: number * 2)
                let world = BankDay("W\(number)", &random)
                try await ReconciliationWorldTests.add(world, to: account, on: day)
                try await report(world, to: account, on: day)
                let before = try await snapshot(account, day)
                let (statement, _, first) = try await bring(world, balance, account, day, random)
                guard let statement else { continue }
                // Some are undone before any run, some after a second one.
                if random.chance(20) { _ = try await run(account, day) }
                let undone = try await services.statementUndos.undo(statement, note: "wrong file", by: Desk.hoa)
                #expect(undone.lines == world.lines.count)
                let differences = before.differences(in: try await snapshot(account, day))
                #expect(differences.isEmpty, "world \(number): \(world)")
                try await expectCleanBooks(services)
                try await expectUndone(services, statement)

                let again = try await bring(world, balance, account, day, random)
                #expect(again.statement != statement && again.counts == first, "world \(number)")
                balance = again.balance
                try await carryOn(world, again.statement, account, day)
                try await expectCleanBooks(services)
            }
        }
    }

    private func snapshot(_ account: WorldAccount, _ day: Day) async throws -> BooksSnapshot {
        try await BooksSnapshot.taken(
            account.services,
            account: account.number,
            days: [day.previous, day, day.next]
        )
    }

    private func report(_ world: BankDay, to account: WorldAccount, on day: Day) async throws {
        for callback in world.callbacks {
            let outcome = try await account.settle(
                callback.id,
                callback.amount,
                callback.reference,
                at: day.start.adding(seconds: 43_200),
                by: callback.isGateway ? account.gateway : nil
            )
            #expect([.settled, .partial].contains(outcome))
        }
    }

    /// Imports the day's lines and reconciles them.
    private func bring(_ world: BankDay, _ balance: Int64, _ account: WorldAccount, _ day: Day, _ random: Seeded)
        async throws -> (statement: Int64?, balance: Int64, counts: JSON?)
    {
        // The same file, however often.
        var random = random
        let noon = day.start.adding(seconds: 43_200)
        let (after, statement) = try await ReconciliationWorldTests.importLines(
            of: world,
            balance,
            noon,
            account,
            &random
        )
        return (statement, after, try await run(account, day))
    }

    private func run(_ account: WorldAccount, _ day: Day) async throws -> JSON? {
        try await account.services.reconciliation.run(account: account.number, through: day.next, by: "test").counts
    }

    /// The callbacks that come late, and the person's confirmation; then the statement is undone no more.
    private func carryOn(
        _ world: BankDay,
        _ statement: Int64?,
        _ account: WorldAccount,
        _ day: Day
    ) async throws {
        guard let statement else { return }
        let services = account.services
        for callback in world.late {
            _ = try await account.settle(
                callback.id,
                callback.amount,
                callback.reference,
                at: day.start.adding(seconds: 43_200)
            )
        }
        let waits = try await services.statementRecords.show(statement).awaiting.lines
        if waits > 0 { _ = try await services.recoveryConfirmations.confirm(statement, by: Desk.hoa) }
        guard waits > 0 || !world.late.isEmpty else { return }
        let error = await #expect(throws: ServiceError.self) {
            try await services.statementUndos.undo(statement, note: "too late", by: Desk.hoa)
        }
        let code = try #require(error?.reason?.code)
        #expect([.undoLinesDecided, .undoNoticesCame].contains(code), "\(code) in \(world)")
    }

    private func expectUndone(_ services: Services, _ statement: Int64) async throws {
        let shown = try await services.statementRecords.find(statement)
        #expect(shown.undone?.by == "Hoa" && shown.undone?.note == "wrong file" && shown.warnings.isEmpty)
        let error = await #expect(throws: ServiceError.self) {
            try await services.statementUndos.undo(statement, note: "again", by: Desk.nam)
        }
        #expect(error?.code == .conflict && error?.reason?.code == .statementUndone)
    }

    private func expectCleanBooks(_ services: Services) async throws {
        for finding in try await services.ledger.verify() { #expect(finding.ok, "\(finding.name): \(finding.detail)") }
    }
}
