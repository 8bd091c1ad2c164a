import Postgres
import Values
import Workflow

/// Ends a case and opens it again, and records who did it.
enum CaseStateWriter {
    /// Changes the state of a case and records who did it.
    ///
    /// - Parameters:
    ///   - note: of whoever decided it; `approvalNote`: of whoever approved that, if somebody had to.
    static func change(
        _ id: Int64,
        _ state: CaseState,
        on event: CaseState.Event,
        _ action: CaseAction,
        note: String,
        approvalNote: String? = nil,
        by person: Person,
        _ tx: borrowing Transaction
    ) throws {
        let next = try CaseState.next(after: state, on: event)
        var members: [JSON.Member] = [.init("action", .string(action.rawValue)), .init("note", .string(note))]
        if let approvalNote { members.append(.init("approval_note", .string(approvalNote))) }
        let detail = JSON.object(members)
        if next == .open {
            try reopen(id, by: person, detail, tx)
        } else {
            try tx.query(
                """
                update reconciliation_case set state = \(next.rawValue), ended_at = now(), ended_by = \(person.name),
                    action = \(action.rawValue), note = \(note)
                where id = \(id)::bigint
                """
            )
            try CaseHistory.record(tx, id, .resolved, person, detail)
        }
    }

    static func reopen(_ id: Int64, by person: Person, _ detail: JSON, _ tx: borrowing Transaction) throws {
        try tx.query(
            """
            update reconciliation_case set state = 'open', ended_at = null, ended_by = null, action = null, note = null
            where id = \(id)::bigint
            """
        )
        try CaseHistory.record(tx, id, .reopened, person, detail)
    }
}
