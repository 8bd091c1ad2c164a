import Postgres
import Values

/// How far an account is reconciled: every line up to `line` of a day up to `through` has its outcome, and every notice
/// below `notice` is confirmed by a line or recorded as unconfirmed. A run reads only the rest.
struct ReconciliationState: Sendable {
    let account: String
    /// `nil` before the first run.
    let through: Day?
    let line: Int64
    let notice: Int64

    static func read(_ account: String, _ tx: borrowing Transaction) throws -> ReconciliationState {
        let row = try tx.query(
            "select through, line_id, notice_id from reconciliation_state where account_number = \(account)"
        ).first
        return ReconciliationState(
            account: account,
            through: try row?.get(0),
            line: try row?.get(1) ?? 0,
            notice: try row?.get(2) ?? 0
        )
    }

    /// A run through an earlier day than a previous run does not move the state back.
    func advance(to day: Day, line: Int64, notice: Int64, _ tx: borrowing Transaction) throws {
        try tx.query(
            """
            insert into reconciliation_state as s (account_number, through, line_id, notice_id)
            values (\(account), \(day)::date, \(line)::bigint, \(notice)::bigint)
            on conflict (account_number) do update set through = excluded.through, line_id = excluded.line_id,
                notice_id = excluded.notice_id
            where excluded.through >= s.through
            """
        )
    }
}
