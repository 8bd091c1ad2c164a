import Postgres
import Values

/// What a case holds in suspense, and how much of it has been claimed.
struct CaseMoney {
    /// Negative for money that left the bank unexplained.
    let held: Money
    let used: Money

    /// What is still to be decided about.
    var left: Money { held - used }

    /// Locks it for the rest of the transaction, so that two decisions cannot claim the same money.
    static func lock(_ id: Int64, _ tx: borrowing Transaction) throws -> CaseMoney {
        try tx.query("insert into case_money (case_id) values (\(id)::bigint) on conflict do nothing")
        let row = try tx.query("select held, used from case_money where case_id = \(id)::bigint for update").row()
        let (held, used) = try row.decode(Money.self, Money.self)
        return CaseMoney(held: held, used: used)
    }

    /// Ends the case where nothing is left of its money; tells whether it did.
    static func end(
        _ id: Int64,
        action: String,
        note: String,
        by person: Person,
        _ tx: borrowing Transaction
    ) throws -> Bool {
        guard try lock(id, tx).left == .zero else { return false }
        let ended = try tx.query(
            """
            update reconciliation_case set state = 'resolved', ended_at = now(), ended_by = \(person.name),
                action = \(action), note = \(note)
            where id = \(id)::bigint and state = 'open' returning 1
            """
        )
        guard !ended.isEmpty else { return false }
        try CaseHistory.record(tx, id, .resolved, person, ["action": .string(action), "note": .string(note)])
        return true
    }
}

/// What happened to a case, one row an event.
enum CaseHistory {
    enum Event: String {
        case noted, attached, assigned, proposed, withdrawn, performed, resolved, reopened
        case dueChanged = "due_changed"
        case askedBank = "asked_bank"
    }

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
            values (\(id)::bigint, \(event.rawValue), \(person.id), \(person.name), \(detail)::jsonb)
            """
        )
    }
}
