import Collection
import Postgres
import TestSupport
import Testing
import Values

/// A dry run counts what a run would, and nobody notices it.
@Suite struct ReconciliationRehearsalTests {
    private static let today = Instant.now().day

    /// Two matched lines, one that came twice, one recovered, one unmatched, one missing payment.
    private func fill(_ desk: Desk) async throws {
        let requests = [try await desk.request(), try await desk.request(), try await desk.request()]
        var lines = StatementLines()
        for (number, request) in requests.prefix(2).enumerated() {
            #expect(try await desk.settle("t\(number)", 10_000, request.reference) == .settled)
            lines.add("t\(number)", 10_000, "CK \(request.reference)")
        }
        lines.add("t0", 10_000, "CK \(requests[0].reference)")
        lines.add("t9", 10_000, requests[2].reference)
        lines.add("t8", 7_000, "no reference")
        lines.add("t7", -3_000, "fee")
        let longAgo = Instant.now().adding(seconds: -20 * 86_400)
        #expect(try await desk.settle("lost", 5_000, nil, at: longAgo) == .unknownReference)
        _ = try await lines.imported(into: desk)
    }

    @Test(arguments: [AccountTerms.Recovery.automatic, .confirmed])
    func `a dry run counts what a run then does, and stores nothing`(recovery: AccountTerms.Recovery) async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services, recovery: recovery)
            try await fill(desk)
            let before = try await StoredRows.digest(services.database)
            let rehearsal = try await services.reconciliation.rehearse(account: desk.account, through: Self.today)
            #expect(try await StoredRows.digest(services.database) == before)
            #expect(rehearsal.json["run_id"] == .null && rehearsal.json["dry_run"] == true)
            let run = try await services.reconciliation.run(account: desk.account, through: Self.today, by: "test")
            #expect(Previewed.counts(rehearsal.counts) == Previewed.counts(run.counts))
            #expect(rehearsal.counts["matched"] == 2 && rehearsal.counts["duplicate_line"] == 1)
            #expect(rehearsal.counts["recovered"] == 1 && rehearsal.counts["unmatched"] == 2)
            #expect(rehearsal.counts["missing_at_bank"] == 1 && rehearsal.counts["cases_opened"] == 4)
            #expect(rehearsal.counts["awaiting_confirmation"] == (recovery == .confirmed ? 1 : 0))
            for name in Reconciliation.outcomes { #expect(rehearsal.json[name] == run.json[name], "\(name)") }
            let again = try await services.reconciliation.rehearse(account: desk.account, through: Self.today)
            #expect(Previewed.counts(again.counts).isEmpty)
        }
    }

    @Test func `neither a dry run nor a preview waits for a run, an import or a settlement`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            try await fill(desk)
            for lock in ["statement", "reconcile", "settle"] {
                _ = try await services.database.query(
                    "select 1 from (select pg_advisory_lock(hashtextextended(\("\(lock):\(desk.account)"), 0))) as held"
                )
            }
            let rehearsal = try await services.reconciliation.rehearse(account: desk.account, through: Self.today)
            #expect(rehearsal.counts["matched"] == 2)
            var lines = StatementLines()
            lines.add("t100", 1_000, "x")
            let preview = try await Previewed.text(lines.text, services, desk.account)
            #expect(preview["new"] == 1 && preview["outcomes"]?["unmatched"] == 1)
        }
    }

    @Test func `a dry run of an account that nobody collects on is refused`() async throws {
        try await TestDatabase.withServices { services in
            let refused = await #expect(throws: ServiceError.self) {
                try await services.reconciliation.rehearse(account: "1", through: Self.today)
            }
            #expect(refused?.code == .invalidParameter)
        }
    }
}
