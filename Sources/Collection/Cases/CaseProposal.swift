import Postgres
import Values
import Workflow

/// A move of money that one person decided and another has to agree to.
struct CaseProposal {
    let id: Int64
    let action: CaseAction
    /// What was worked out to be moved.
    let arguments: JSON
    let note: String
    let proposedBy: Person

    /// The one that waits on a case; there is one at most. The case is locked.
    static func waiting(_ caseID: Int64, _ tx: borrowing Transaction) throws -> CaseProposal? {
        let rows = try tx.query(
            """
            select id, action, arguments::text, note, proposed_by, proposed_by_name from case_proposal
            where case_id = \(caseID)::bigint and state = 'waiting'
            """
        )
        guard let row = rows.first else { return nil }
        let (id, action, arguments, note, by, name) = try row.decode(
            Int64.self,
            String.self,
            JSON.self,
            String.self,
            String.self,
            String.self
        )
        guard let action = CaseAction(rawValue: action) else { return nil }
        return CaseProposal(
            id: id,
            action: action,
            arguments: arguments.sorted,
            note: note,
            proposedBy: Person(id: by, name: name)
        )
    }

    static func insert(
        _ caseID: Int64,
        _ decision: CaseDecision,
        _ arguments: JSON,
        _ person: Person,
        _ tx: borrowing Transaction
    ) throws {
        try tx.query(
            """
            insert into case_proposal (case_id, action, arguments, note, proposed_by, proposed_by_name)
            values (\(caseID)::bigint, \(decision.action.rawValue), \(arguments)::jsonb, \(decision.note), \(person.id),
                \(person.name))
            """
        )
        let detail: JSON = [
            "action": .string(decision.action.rawValue), "arguments": arguments, "note": .string(decision.note),
        ]
        try CaseHistory.record(tx, caseID, .proposed, person, detail)
        try Audit.record(tx, person, "case.propose", "case:\(caseID)", detail)
    }

    func decide(_ state: String, _ person: Person, _ tx: borrowing Transaction) throws {
        try tx.query(
            """
            update case_proposal set state = \(state), decided_by = \(person.id), decided_by_name = \(person.name),
                decided_at = now()
            where id = \(id)::bigint
            """
        )
    }
}

extension JSON {
    /// The same value with the members of objects in the order of their names, as two texts of one value compare.
    var sorted: JSON {
        switch self {
        case .object(let members):
            .object(members.map { Member($0.name, $0.value.sorted) }.sorted { $0.name < $1.name })
        case .array(let values): .array(values.map(\.sorted))
        default: self
        }
    }
}
