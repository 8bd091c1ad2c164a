import Collection
import Postgres
import TestSupport
import Testing
import Values

@Suite struct InvariantTests {
    @Test func `facts can be neither changed nor deleted`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            let request = try await desk.request()
            _ = try await desk.settle("t1", 10_000, request.reference)
            for sql in [
                "update ledger_transfer set amount = 1", "delete from ledger_transfer", "truncate ledger_transfer",
                "delete from bank_notice", "update payment_request_event set event = 'x'", "delete from ledger_account",
            ] {
                await #expect(throws: PostgresError.self, "\(sql)") {
                    _ = try await services.database.asOwner(Query(trustedSQL: sql))
                }
            }
        }
    }

    @Test func `the database refuses a change of state that is not in the table`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            let request = try await desk.request()
            for state in ["refunded", "partially_refunded"] {
                let error = await #expect(throws: PostgresError.self) {
                    _ = try await services.database.asOwner(
                        "update payment_request set status = \(state), paid_at = now(), paid_on = current_date, settled_by = 'notice' where id = \(request.id)::uuid"
                    )
                }
                #expect(error?.constraint == "payment_request_transition_check")
            }
        }
    }

    @Test func `the ledger check finds what was tampered with`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            let request = try await desk.request()
            _ = try await desk.settle("t1", 10_000, request.reference)
            try await desk.expectCleanBooks()
            for (sql, name) in [
                ("update payment_request set amount_received = 10001", "amounts_received"),
                ("update daily_total set amount_total = amount_total + 1", "daily_totals"),
                (
                    "insert into ledger_transfer (debit_account, credit_account, amount, kind, payment_request_id, booked_on) select min(id), max(id), 1, 'payment', '\(request.id.text)', current_date from ledger_account",
                    "revenue_matches_requests"
                ),
            ] {
                try await services.database.asOwner(Query(trustedSQL: sql))
                let found = try await services.ledger.verify()
                #expect(found.first { $0.name == name }?.ok == false, "\(name)")
            }
        }
    }
}
