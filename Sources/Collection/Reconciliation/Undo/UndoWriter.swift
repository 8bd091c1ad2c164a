import Matching
import Postgres
import Values
import Workflow

/// Takes back what a statement and its run brought, as sets, from what ``UndoReader`` collected.
struct UndoWriter {
    let reader: UndoReader
    let person: Person
    let note: String
    let now: Instant

    private var statement: Int64 { reader.statement }
    private var account: String { reader.account }

    func write(_ plan: StatementUndo.Plan, _ tx: borrowing Transaction) throws -> UndoneStatement {
        let lines = try tx.query("select count(*) from undo_line").row().get(0, as: Int.self)
        let runs = try ownRuns(tx)
        try tx.query(
            """
            update statement set undone_at = \(now)::timestamptz, undone_by = \(person.name), undone_note = \(note)
            where id = \(statement)::bigint
            """
        )
        try setAside(tx)
        let postings = try reversePostings(tx)
        try putBack(plan.requests, tx)
        try endProposals(tx)
        try returnToClearing(tx)
        let refunds = try reopenRefunds(tx)
        let remittances = try reopenRemittances(tx)
        let closed = try close(plan.cases, openedBy: runs, tx)
        var reopened = try reopenEndedCases(plan.requests, tx)
        try remove(tx)
        try watchNotices(tx)
        reopened += try judgeOthers(tx)
        let undone = UndoneStatement(
            statementID: statement,
            lines: lines,
            postings: postings,
            requests: plan.requests.count,
            refunds: refunds,
            remittances: remittances,
            casesClosed: closed,
            casesReopened: reopened,
            note: note
        )
        try Audit.record(tx, person, "statement.undo", "statement:\(statement)", undone.json)
        return undone
    }

    /// The runs that decided this statement's lines and no others, with those that they went on with.
    private func ownRuns(_ tx: borrowing Transaction) throws -> [Int64] {
        let decided = LineOutcome.counted.map(\.rawValue)
        return try tx.query(
            """
            with run as (
                select r.id, coalesce(r.continues, r.id) as first, (
                    select count(*) from undo_line u where u.run_id = r.id) as own, (
                    select sum((r.counts ->> k.name)::bigint) from unnest(\(decided)::text[]) as k (name)) as lines
                from reconciliation_run r
                where coalesce(r.continues, r.id) in (
                    select coalesce(d.continues, d.id) from reconciliation_run d
                    where d.id in (select run_id from undo_line))
            )
            select id from run where first in (select first from run group by 1 having sum(own) = sum(lines))
            """
        ).map { try $0.get(0) }
    }

    /// Copies the rows that will leave their tables.
    private func setAside(_ tx: borrowing Transaction) throws {
        for (source, key, rows) in Self.rows {
            _ = try tx.query(
                Query(
                    trustedSQL: """
                        insert into undone_row (source, row_id, statement_id, content)
                        select '\(source)', t.\(key), $1::bigint, to_jsonb(t) from \(source) t where \(rows)
                        """,
                    binding: [statement]
                )
            )
        }
    }

    /// The rows that a statement brought, by table, key and condition.
    private static let rows = [
        ("line_notice", "notice_id", "t.line_id in (select id from undo_line)"),
        ("line_outcome", "line_id", "t.line_id in (select id from undo_line)"),
        ("statement_line", "id", "t.id in (select id from undo_line)"),
        ("bank_notice", "id", "t.id in (select id from undo_notice where source = 'statement')"),
    ]

    /// Deletes the rows that were copied: only the owner of the tables may.
    private func remove(_ tx: borrowing Transaction) throws {
        try tx.query("select remove_undone_rows(\(statement)::bigint)")
    }

    /// Posts the same amounts the other way round, on the days of what they take back.
    private func reversePostings(_ tx: borrowing Transaction) throws -> Int {
        try tx.query(
            """
            insert into ledger_transfer (debit_account, credit_account, amount, kind, payment_request_id, notice_id,
                statement_line_id, case_id, refund_id, booked_on, recorded_at, reverses)
            select t.credit_account, t.debit_account, t.amount, 'undo_' || t.kind, t.payment_request_id, t.notice_id,
                t.statement_line_id, t.case_id, t.refund_id, t.booked_on, \(now)::timestamptz, t.id
            from (
                select p.* from undo_line u join ledger_transfer p on p.statement_line_id = u.id
                where u.is_plain is false
                union
                select p.* from undo_notice n join ledger_transfer p on p.notice_id = n.id where n.source = 'statement'
            ) t
            order by t.id
            """
        ).affected
    }

    private func putBack(_ requests: [StatementUndo.Request], _ tx: borrowing Transaction) throws {
        guard !requests.isEmpty else { return }
        let ids = requests.map(\.id)
        try tx.query(
            """
            update payment_request r set status = u.status, amount_received = r.amount_received - u.amount,
                amount_applied = r.amount_applied - u.amount, paid_at = null, paid_on = null, settled_by = null
            from unnest(\(ids)::uuid[], \(requests.map(\.status.rawValue))::text[], \(requests.map(\.amount))::bigint[])
                as u (id, status, amount)
            where r.id = u.id
            """
        )
        // The payment counts for no day any more.
        try tx.query(
            """
            update payment_request_event set paid_on = null, agency_code = null
            where payment_request_id = any(\(ids)::uuid[]) and paid_on is not null
            """
        )
        let reason = "Hoàn tác sao kê số \(statement): khoản thu không còn"
        try ReceiptWriter.correct(for: ids, because: reason, now: now, tx)
    }

    private func endProposals(_ tx: borrowing Transaction) throws {
        let state = try RecoveryProposalState.next(after: .waiting, on: .undo)
        try tx.query(
            """
            update recovery_proposal set state = \(state.rawValue), decided_by = \(person.id),
                decided_by_name = \(person.name), decided_at = \(now)::timestamptz
            where statement_id = \(statement)::bigint and state = 'waiting'
            """
        )
    }

    /// What cashiers entered waits for the bank again.
    private func returnToClearing(_ tx: borrowing Transaction) throws {
        try tx.query(
            """
            update clearing_item i set cleared_by_line = null, cleared_reference = null, cleared_at = null
            from undo_notice n
            where n.source = 'counter' and i.notice_id = n.id and i.cleared_by_line in (select id from undo_line)
            """
        )
    }

    private func reopenRefunds(_ tx: borrowing Transaction) throws -> Int {
        let state = try RefundState.next(after: .settled, on: .undo)
        let refunds = try tx.query(
            """
            update refund f set state = \(state.rawValue), settled_at = null, statement_line_id = null
            from undo_line u where f.statement_line_id = u.id and f.state = 'settled' returning f.id::text
            """
        ).map { try $0.get(0, as: String.self) }
        for refund in refunds {
            try Audit.record(tx, person, "refund.undo", "refund:\(refund)", ["statement_id": .integer(statement)])
        }
        return refunds.count
    }

    private func reopenRemittances(_ tx: borrowing Transaction) throws -> Int {
        let state = try RemittanceState.next(after: .settled, on: .undo)
        let orders = try tx.query(
            """
            update remittance r set state = \(state.rawValue), settled_at = null, statement_line_id = null
            from undo_line u where r.statement_line_id = u.id and r.state = 'settled' returning r.id
            """
        ).map { try $0.get(0, as: Int64.self) }
        for order in orders {
            let detail: JSON = ["statement_id": .integer(statement)]
            try Audit.record(tx, person, "remittance.undo", "remittance:\(order)", detail)
        }
        return orders.count
    }

    /// Ends the cases of the statement, and those of payments that its own runs found missing, unless a person has dealt
    /// with one: that is about the payment.
    private func close(_ cases: [Int64], openedBy runs: [Int64], _ tx: borrowing Transaction) throws -> Int {
        let state = try CaseState.next(after: .open, on: .close)
        let closed = try tx.query(
            """
            update reconciliation_case c set state = \(state.rawValue), ended_at = \(now)::timestamptz,
                ended_by = \(person.name), action = 'statement_undone', note = \(note)
            where c.state = 'open' and (c.id = any(\(cases)::bigint[]) or c.id in (
                select m.id from reconciliation_run r join reconciliation_case m on m.account_number = r.account_number
                    and m.opened_at = r.started_at and m.kind = 'missing_at_bank' and m.state = 'open'
                where r.id = any(\(runs)::bigint[]) and not exists (
                    select 1 from case_event e where e.case_id = m.id and e.actor_id <> 'system')))
            returning c.kind, c.notice_id
            """
        )
        let found = try closed.filter { try $0.get(0, as: String.self) == "missing_at_bank" }
            .map { try $0.get(1, as: Int64.self) }
        try tx.query(
            "update unconfirmed_notice set is_missing = false where notice_id = any(\(found)::bigint[])"
        )
        return closed.count
    }

    /// Opens the cases again that ended because a line had arrived or had paid what remained.
    private func reopenEndedCases(_ requests: [StatementUndo.Request], _ tx: borrowing Transaction) throws -> Int {
        let cases = try tx.query(
            """
            select c.id from reconciliation_case c
            where c.state = 'closed' and (
                c.kind = 'missing_at_bank' and c.action = 'line_came' and c.notice_id in (select id from undo_notice)
                or c.kind = 'underpaid' and c.action = 'paid_in_full'
                    and c.payment_request_id = any(\(requests.map(\.id))::uuid[]))
            order by c.id
            """
        ).map { try $0.get(0, as: Int64.self) }
        try reopen(cases, tx)
        return cases.count
    }

    private func reopen(_ cases: [Int64], _ tx: borrowing Transaction) throws {
        guard !cases.isEmpty else { return }
        let state = try CaseState.next(after: .closed, on: .undo)
        try tx.query(
            """
            update reconciliation_case set state = \(state.rawValue), ended_at = null, ended_by = null, action = null
            where id = any(\(cases)::bigint[])
            """
        )
        let detail: JSON = ["statement_id": .integer(statement), "note": .string(note)]
        try tx.query(
            """
            insert into case_event (case_id, event, actor_id, actor_name, detail)
            select id, 'reopened', \(person.id), \(person.name), \(detail)::jsonb from unnest(\(cases)::bigint[]) as c (id)
            order by id
            """
        )
    }

    /// The callbacks that its lines had confirmed wait for a line again.
    private func watchNotices(_ tx: borrowing Transaction) throws {
        try tx.query(
            """
            insert into unconfirmed_notice (notice_id, account_number, is_missing)
            select n.id, \(account), exists (
                select 1 from reconciliation_case c where c.kind = 'missing_at_bank' and c.notice_id = n.id
                    and c.action is distinct from 'statement_undone')
            from undo_notice n where n.source = 'callback' on conflict do nothing
            """
        )
    }

    /// Judges the gaps of the statements that follow, and books anew what the account held before its first line. Returns
    /// how many cases of gaps are open again.
    private func judgeOthers(_ tx: borrowing Transaction) throws -> Int {
        guard
            let day = try tx.query("select first_day from statement where id = \(statement)::bigint").row()
                .get(0, as: Day?.self)
        else { return 0 }
        try StatementGaps.judge(account, from: day, now: now, tx)
        let cases = try tx.query(
            """
            select c.id from reconciliation_case c join statement s on s.id = c.statement_id
            where c.kind = 'statement_gap' and c.state = 'closed' and c.action = 'statement_came'
                and s.account_number = \(account) and s.gap <> 0 and s.undone_at is null
            order by c.id
            """
        ).map { try $0.get(0, as: Int64.self) }
        try reopen(cases, tx)
        try OpeningBalance.bookAgain(account, day, now: now, tx)
        return cases.count
    }
}
