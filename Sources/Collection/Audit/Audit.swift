import Identity
import Postgres
import Values

/// The record of who did what; rows are never changed or deleted.
enum Audit {
    /// Writes one entry, in the transaction of the action it records.
    ///
    /// - Parameters:
    ///   - action: such as `refund.approve`.
    ///   - subject: the kind and the id, such as `case:17`.
    ///   - detail: payees and payers in it are masked, for an entry is never erased.
    static func record(
        _ tx: borrowing Transaction,
        _ person: Person,
        _ action: String,
        _ subject: String,
        _ detail: JSON = [:]
    ) throws {
        try tx.query(
            """
            insert into audit_entry (actor_id, actor_name, action, subject, detail)
            values (\(person.id), \(person.name), \(action), \(subject), \(PersonalSight.none.shown(detail))::jsonb)
            """
        )
    }
}
