import Casework
import Collection
import Foundation
import Postgres
import TestSupport
import Testing
import Values
import Workflow

/// The program, the database and docs/states.md have the same tables of states.
@Suite struct StateTableTests {
    @Test func `the database has the program's tables of changes`() async throws {
        try await TestDatabase.with { options in
            let database = Database(options)
            let rows = try await database.query("select machine, from_state, event, to_state from state_transition")
            await database.close()
            let stored = try Set(
                rows.map { try $0.decode(String.self, String.self, String.self, String.self) }
                    .map { "\($0.0): \($0.1) \($0.2) \($0.3)" }
            )
            // A statement's state is not stored.
            let machines = StateDiagram.all.filter { $0.machine != StatementState.machine }
            let known = machines.flatMap { machine in
                machine.transitions.map { "\(machine.machine): \($0.from) \($0.event) \($0.to)" }
            }
            #expect(stored == Set(known))
        }
    }

    @Test func `the database's checks name the program's states and kinds`() async throws {
        let columns: [(table: String, column: String, words: [String])] = [
            ("payment_request", "status", PaymentRequestState.allCases.map(\.rawValue)),
            ("refund", "state", RefundState.allCases.map(\.rawValue)),
            ("reconciliation_case", "state", CaseState.allCases.map(\.rawValue)),
            ("reconciliation_case", "kind", CaseKind.allCases.map(\.rawValue)),
            ("case_proposal", "state", CaseProposalState.allCases.map(\.rawValue)),
            ("case_proposal", "action", CaseAction.allCases.filter(\.movesMoney).map(\.rawValue)),
            ("recovery_proposal", "state", RecoveryProposalState.allCases.map(\.rawValue)),
            ("event_delivery", "state", EventDeliveryState.allCases.map(\.rawValue)),
        ]
        try await TestDatabase.with { options in
            let database = Database(options)
            for (table, column, words) in columns {
                let text = try await database.query(
                    """
                    select pg_get_constraintdef(oid) from pg_constraint
                    where conrelid = \(table)::regclass and conname = \("\(table)_\(column)_check")
                    """
                ).row().get(0, as: String.self)
                let named = text.matches(of: /'(\w+)'::text/).map { String($0.1) }
                #expect(Set(named) == Set(words), "\(table).\(column)")
            }
            await database.close()
        }
    }

    @Test func `the database's kinds of cases are the program's`() async throws {
        try await TestDatabase.with { options in
            let database = Database(options)
            let rows = try await database.query("select kind, due_days, held_by from case_kind")
            await database.close()
            let stored = try rows.map { try $0.decode(String.self, Int32.self, String?.self) }
                .map { "\($0.0) \($0.1) \($0.2 ?? "-")" }
            let known = CaseKind.allCases.map { "\($0.rawValue) \($0.dueDays) \($0.heldBy?.rawValue ?? "-")" }
            #expect(stored.sorted() == known.sorted())
        }
    }

    @Test func `the database refuses any other change of state`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            func refused(_ query: Query) async throws -> String? {
                await #expect(throws: PostgresError.self) { _ = try await services.database.asOwner(query) }?.constraint
            }
            let request = try await desk.request()
            #expect(try await desk.settle("t1", 4000, request.reference) == .partial)
            let cancelled = "update payment_request set status = 'cancelled' where id = $1::uuid"
            #expect(
                try await refused(Query(trustedSQL: cancelled, binding: [request.id]))
                    == "payment_request_transition_check"
            )
            _ = try await services.database.asOwner(
                "update reconciliation_case set state = 'closed', ended_at = now(), ended_by = 'test'"
            )
            #expect(
                try await refused("update reconciliation_case set state = 'resolved'")
                    == "reconciliation_case_transition_check"
            )
            _ = try await desk.settle("t2", 5000, nil)
            let id = try #require(try await desk.cases("unknown_reference").first?["id"]?.integer)
            let (first, second) = (TestPerson.first, TestPerson.second)
            let refund = CaseDecision(.refund(.init(payee: .byHand(nil))), note: "nobody's")
            _ = try await services.caseActions.resolve(id, refund, by: first)
            _ = try await services.caseActions.approve(id, by: second)
            #expect(
                try await refused("update case_proposal set state = 'withdrawn'") == "case_proposal_transition_check"
            )
            #expect(
                try await refused("update refund set state = 'requested'") == "refund_transition_check"
            )
        }
    }

    @Test func `docs draw the states as the command prints them`() throws {
        let path = "\(Repository.root)/docs/states.md"
        if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
            try StateDiagram.page.write(toFile: path, atomically: true, encoding: .utf8)
        }
        #expect(
            try String(contentsOfFile: path, encoding: .utf8) == StateDiagram.page,
            "khop states > docs/states.md writes it again"
        )
    }
}
