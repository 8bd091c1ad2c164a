import Casework
import Postgres
import Values
import Workflow

extension CaseProposal {
    /// The proposal that waits on a case, with its id; there is at most one. The case must be locked.
    static func waiting(_ caseID: Int64, _ tx: borrowing Transaction) throws -> (id: Int64, proposal: CaseProposal)? {
        let rows = try tx.query(
            """
            select id, action, arguments, note, proposed_by, proposed_by_name from case_proposal
            where case_id = \(caseID)::bigint and state = 'waiting'
            """
        )
        guard let row = rows.first else { return nil }
        let proposal = CaseProposal(
            move: try CaseMove(try row.code(1), stored: try row.get(2)),
            note: try row.get(3),
            proposedBy: try row.get(4),
            proposedByName: try row.get(5)
        )
        return (try row.get(0), proposal)
    }

    static func insert(
        _ move: CaseMove,
        _ reason: Reason,
        note: String,
        for caseID: Int64,
        by person: Person,
        _ tx: borrowing Transaction
    ) throws {
        try tx.query(
            """
            insert into case_proposal (case_id, action, arguments, note, proposed_by, proposed_by_name)
            values (\(caseID)::bigint, \(move.action.rawValue), \(move.json)::jsonb, \(note), \(person.id), \(person.name))
            """
        )
        let detail: JSON = [
            "action": .string(move.action.rawValue), "arguments": move.json, "note": .string(note),
            "reason": reason.json,
        ]
        try CaseHistory.record(tx, caseID, .proposed, person, detail)
        try Audit.record(tx, person, "case.propose", "case:\(caseID)", detail)
    }

    /// Ends the proposal that waits on a case.
    static func decide(
        _ event: CaseProposalState.Event,
        on caseID: Int64,
        by person: Person,
        _ tx: borrowing Transaction
    ) throws {
        let state = try CaseProposalState.next(after: .waiting, on: event)
        try tx.query(
            """
            update case_proposal set state = \(state.rawValue), decided_by = \(person.id),
                decided_by_name = \(person.name), decided_at = now()
            where case_id = \(caseID)::bigint and state = 'waiting'
            """
        )
    }
}
