import Postgres
import Values

/// What happened to a case, one row for each event; rows are never changed or deleted.
enum CaseHistory {
    enum Event: String {
        case noted, attached, assigned, proposed, withdrawn, performed, resolved, reopened
        case dueChanged = "due_changed"
        case askedBank = "asked_bank"
    }

    /// - Parameter detail: payees in it are masked, for an event is never erased; a proposal that waits has them in full.
    static func record(
        _ tx: borrowing Transaction,
        _ id: Int64,
        _ event: Event,
        _ person: Person,
        _ detail: JSON
    ) throws {
        try tx.query(
            """
            insert into case_event (case_id, event, actor_id, actor_name, detail)
            values (\(id)::bigint, \(event.rawValue), \(person.id), \(person.name),
                \(Audit.masked(detail))::jsonb)
            """
        )
    }
}
