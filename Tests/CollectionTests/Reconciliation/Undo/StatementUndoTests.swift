import Casework
import Collection
import Matching
import Postgres
import Settlement
import TestSupport
import Testing
import Values
import Workflow

/// What undoing a statement takes back, and what stands in its way.
@Suite struct StatementUndoTests {
    private static let today = Instant.now().day

    private func undo(_ desk: Desk, _ statement: Int64, by person: Person = StatementLines.importer) async throws
        -> UndoneStatement
    {
        try await desk.services.statementUndos.undo(statement, note: "wrong account", by: person)
    }

    private func obstacle(_ desk: Desk, _ statement: Int64) async -> Reason? {
        let before = try? await BooksSnapshot.taken(desk.services, account: desk.account, days: [Self.today])
        let refusal = await desk.refusal { try await undo(desk, statement) }
        let after = try? await BooksSnapshot.taken(desk.services, account: desk.account, days: [Self.today])
        if let before, let after { #expect(before.differences(in: after).isEmpty) }
        #expect(refusal?.code == .conflict)
        return refusal?.reason
    }

    /// Does something to a desk's books with a statement, and undoes it; all must be as it was before.
    private func expectUndone(
        _ desk: Desk,
        days: [Day] = [today],
        _ text: String,
        location: SourceLocation = #_sourceLocation
    ) async throws -> UndoneStatement {
        let before = try await BooksSnapshot.taken(desk.services, account: desk.account, days: days)
        let first = try await StatementLines.importText(text, into: desk).id
        let counts = try await desk.reconcile()
        let undone = try await undo(desk, first)
        let after = try await BooksSnapshot.taken(desk.services, account: desk.account, days: days)
        #expect(before.differences(in: after).isEmpty, sourceLocation: location)
        try await desk.expectCleanBooks()
        let second = try await StatementLines.importText(text, into: desk)
        #expect(!second.isRepeated && second.id != first, sourceLocation: location)
        #expect(try await desk.reconcile() == counts, sourceLocation: location)
        try await desk.expectCleanBooks()
        return undone
    }

    @Test func `the callbacks that lines confirmed wait again, and so does what is missing`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            let requests = [try await desk.request(), try await desk.request(), try await desk.request()]
            let earlier = Instant.now().adding(seconds: -4 * 86_400)
            for (number, request) in requests.enumerated() {
                let amount: Int64 = number == 2 ? 4000 : 10_000
                _ = try await desk.settle("FT\(number)", amount, request.reference, at: earlier)
            }
            // Nothing has come by now: all are missing.
            #expect(try await desk.reconcile()["missing_at_bank"] == 3)
            var lines = StatementLines()
            lines.add("FT0", 10_000, "x", at: earlier)
            lines.add("FT2", 4000, "x", at: earlier)
            // What remained of the third, which had its case.
            lines.add("FT3", 6000, requests[2].reference)
            let undone = try await expectUndone(desk, days: [earlier.day, Self.today], lines.text)
            #expect(undone.lines == 3 && undone.requests == 1 && undone.casesReopened == 3 && undone.postings == 1)
            #expect(try await desk.cases("underpaid").isEmpty)
        }
    }

    @Test func `a payment that the run found missing is found again by the next`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            let request = try await desk.request()
            let earlier = Instant.now().adding(seconds: -4 * 86_400)
            _ = try await desk.settle("FT1", 10_000, request.reference, at: earlier)
            var lines = StatementLines()
            lines.add("OUT", -700, "phi", at: earlier)
            lines.add("FT9", 700, "a gift", at: earlier)
            let undone = try await expectUndone(desk, days: [earlier.day, Self.today], lines.text)
            #expect(undone.casesClosed == 3 && undone.postings == 2)
            #expect(try await desk.cases("missing_at_bank").count == 1)
        }
    }

    @Test func `a refund that a debit line confirmed waits for the bank again`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            let request = try await desk.request()
            _ = try await desk.settle("FT1", 10_000, request.reference)
            _ = try await desk.settle("FT2", 10_000, request.reference)
            let payee = Beneficiary(bankBIN: "970436", account: "0011223344", name: "NGUYEN VAN A")
            _ = try await desk.decide(
                try await desk.only("overpaid"),
                .refund(.init(payee: .transfer(payee)))
            )
            let refund = try #require(try await services.refunds.list().first)
            _ = try await services.refunds.execute(refund.id, by: Desk.first)
            var lines = StatementLines()
            lines.add("OUT1", -10_000, "HOAN PHI \(refund.endToEndID)")
            let undone = try await expectUndone(desk, lines.text)
            #expect(undone.refunds == 1 && undone.postings == 1)
            #expect(try await services.refunds.find(refund.id).state == .settled)
        }
    }

    @Test func `what a cashier entered is in clearing again`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            let request = try await desk.request("counter_transfer")
            _ = try await services.counterPayments.take(
                try CounterPayments.Taken([
                    "payment_request_id": .string(request.id.text), "channel": "counter_transfer", "amount": 20_000,
                ]),
                caller: nil
            )
            var lines = StatementLines()
            lines.add("FT1", 20_000, request.reference)
            let undone = try await expectUndone(desk, lines.text)
            #expect(undone.postings == 1 && undone.requests == 0)
            #expect(try await desk.balance("clearing", "H44.01") == 0)
        }
    }

    @Test func `lines that wait for another person wait no more`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services, recovery: .confirmed)
            let requests = [try await desk.request(), try await desk.request()]
            var lines = StatementLines()
            lines.add("FT1", 20_000, requests.map(\.reference).joined(separator: " "))
            let undone = try await expectUndone(desk, lines.text)
            #expect(undone.postings == 1 && undone.requests == 0)
            #expect(try await desk.recoveryStates().sorted() == ["undone", "undone", "waiting", "waiting"])
        }
    }

    @Test func `a gap that the statement had filled is open again, and the balances before it are booked anew`()
        async throws
    {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            func lines(_ number: Int, balance: Int64) -> StatementLines {
                var lines = StatementLines(balance: balance)
                lines.add("G\(number)", 1000, "x", at: Instant.now().adding(seconds: Int64(number - 3) * 86_400))
                return lines
            }
            _ = try await lines(1, balance: 1_000_000).imported(into: desk)
            _ = try await lines(3, balance: 1_002_000).imported(into: desk)
            _ = try await desk.reconcile()
            #expect(try await desk.cases("statement_gap").count == 1)
            let days = (-3...0).map { Self.today.adding(days: $0) }
            _ = try await expectUndone(desk, days: days, lines(2, balance: 1_001_000).text)
            #expect(try await desk.cases("statement_gap").isEmpty)
            // Earlier than all others: the opening balance is that of this one, and then not.
            _ = try await expectUndone(desk, days: days, lines(0, balance: 999_000).text)
        }
    }

    @Test func `the portal is told that a request is to be paid again`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            _ = try await services.listen()
            let request = try await desk.request()
            var lines = StatementLines()
            lines.add("FT1", 10_000, request.reference)
            _ = try await expectUndone(desk, lines.text)
            let told = try await services.allEvents().map(\.type).sorted()
            #expect(told == ["payment_request.paid", "payment_request.paid", "payment_request.unpaid"])
            let history = try await services.database.query(
                "select event from payment_request_event where payment_request_id = \(request.id) order by id"
            ).map { try $0.get(0, as: String.self) }
            #expect(history == ["create", "pay", "undo", "pay"])
        }
    }

    @Test func `a request that was paid within its grace period has expired again`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            let request = try await desk.request()
            _ = try await services.database.asOwner(
                "update payment_request set expires_at = now() - interval '1 hour', status = 'expired' where id = \(request.id)"
            )
            _ = try await services.listen()
            var lines = StatementLines()
            lines.add("FT1", 10_000, request.reference)
            let statement = try await lines.imported(into: desk).id
            _ = try await desk.reconcile()
            #expect(try await desk.status(of: request) == .paid)
            #expect(try await undo(desk, statement).requests == 1)
            #expect(try await desk.status(of: request) == .expired)
            let told = try await services.allEvents().map(\.type).sorted()
            #expect(told == ["payment_request.paid", "payment_request.unpaid"])
            try await desk.expectCleanBooks()
        }
    }

    @Test func `a statement that no run has seen is undone as well`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            let before = try await BooksSnapshot.taken(services, account: desk.account, days: [Self.today])
            var lines = StatementLines()
            lines.add("FT1", 10_000, "x")
            let imported = try await lines.imported(into: desk)
            let undone = try await undo(desk, imported.id)
            #expect(undone.lines == 1 && undone.postings == 0)
            let after = try await BooksSnapshot.taken(services, account: desk.account, days: [Self.today])
            #expect(before.differences(in: after).isEmpty)
            #expect(try await !lines.imported(into: desk).isRepeated)
            let audit = try await services.database.query(
                "select actor_name || ' ' || (detail ->> 'note') from audit_entry where action = 'statement.undo'"
            ).map { try $0.get(0, as: String.self) }
            #expect(audit == ["test wrong account"])
            try await desk.expectCleanBooks()
        }
    }

    @Test func `a day that is signed off keeps its statements`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            var lines = StatementLines()
            lines.add("OUT", -700, "phi", at: Instant.now().adding(seconds: -86_400))
            let statement = try await lines.imported(into: desk).id
            _ = try await desk.reconcile()
            // The next day's record begins with the balance of this one.
            _ = try await services.reports.signOff(
                account: desk.account,
                day: Self.today,
                by: Desk.nam,
                acknowledging: "fee"
            )
            #expect(await obstacle(desk, statement) == .undoDaySigned(statement, day: Self.today, by: "Nam"))
        }
    }

    @Test func `what a person did about a case of a line stays`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            var lines = StatementLines()
            lines.add("OUT", -700, "phi")
            let statement = try await lines.imported(into: desk).id
            _ = try await desk.reconcile()
            let id = try await desk.only("unmatched")
            _ = try await services.caseDesk.write(id, [.note("asked the bank")], by: Desk.nam)
            #expect(await obstacle(desk, statement) == .undoCasesDecided(statement, cases: 1, first: id))
        }
    }

    @Test func `what a person confirmed or turned down stays`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services, recovery: .confirmed)
            let statement = try await desk.waiting([try await desk.request(), try await desk.request()])
            _ = try await desk.confirm(
                statement,
                rejecting: [Rejection(line: .number(2), why: "not his", pointer: "/reject/0/line_number")]
            )
            #expect(await obstacle(desk, statement) == .undoLinesDecided(statement, lines: 2))
        }
    }

    @Test func `money that a callback has relied on stays`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            let request = try await desk.request()
            var lines = StatementLines()
            lines.add("FT1", 10_000, request.reference)
            lines.add("FT2", 5000, "no name")
            let statement = try await lines.imported(into: desk).id
            _ = try await desk.reconcile()
            #expect(try await desk.settle("FT1", 10_000, request.reference) == .duplicate)
            #expect(try await desk.settle("FT2", 5000, nil) == .duplicate)
            #expect(await obstacle(desk, statement) == .undoNoticesCame(statement, notices: 2))
        }
    }

    @Test func `a request that has changed since keeps its payment`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            let request = try await desk.request()
            var lines = StatementLines()
            lines.add("FT1", 10_000, request.reference)
            let statement = try await lines.imported(into: desk).id
            _ = try await desk.reconcile()
            #expect(try await desk.settle("FT7", 3000, request.reference) == .overpaid)
            let reason = Reason.undoRequestsChanged(statement, requests: 1, first: request.reference)
            #expect(await obstacle(desk, statement) == reason)
        }
    }

    @Test func `a later statement that builds on it is undone first`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            var lines = StatementLines()
            lines.add("FT1", 10_000, "no name")
            let first = try await lines.imported(into: desk).id
            lines.add("FT2", 5000, "no name")
            let second = try await lines.imported(into: desk).id
            #expect(await obstacle(desk, first) == .undoStatementBuilds(first, other: second))
            _ = try await desk.reconcile()
            #expect(await obstacle(desk, first) == .undoStatementBuilds(first, other: second))
            _ = try await undo(desk, second)
            _ = try await undo(desk, first)
            try await desk.expectCleanBooks()
        }
    }

    @Test func `a note is required, and an unknown statement is not found`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            let undos = services.statementUndos
            #expect(await desk.refusal { try await undos.undo(1, note: " ", by: Desk.hoa) }?.code == .invalidBody)
            #expect(await desk.refusal { try await undo(desk, 99) }?.code == .notFound)
        }
    }

    @Test func `the database lets go of a line only with its undone statement, and whole`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            var lines = StatementLines()
            lines.add("FT1", 10_000, "x")
            let statement = try await lines.imported(into: desk).id
            let removal: Query = "delete from statement_line"
            await #expect(throws: PostgresError.self) { try await services.database.asOwner(removal) }
            let copy: Query = """
                insert into undone_row (source, row_id, statement_id, content)
                select 'statement_line', id, statement_id, to_jsonb(l) from statement_line l
                """
            _ = try await services.database.query(copy)
            await #expect(throws: PostgresError.self) { try await services.database.asOwner(removal) }
            _ = try await services.database.asOwner(
                "update statement set undone_at = now(), undone_by = 'x', undone_note = 'x' where id = \(statement)"
            )
            _ = try await services.database.asOwner(removal)
            await #expect(throws: PostgresError.self) {
                try await services.database.asOwner("update undone_row set content = '{}'")
            }
        }
    }
}
