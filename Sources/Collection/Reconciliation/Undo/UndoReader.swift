import Matching
import Postgres
import Values
import Workflow

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Reads what a statement brought and what has happened since, under the locks of the account.
///
/// The lines and the notices that they confirm are collected once, in the temporary tables `undo_line` and `undo_notice`,
/// which the writer uses as well: there may be a million of them.
struct UndoReader {
    let statement: Int64
    let account: String

    func facts(_ tx: borrowing Transaction) throws -> UndoFacts {
        var facts = UndoFacts(statementID: statement)
        facts.undone = try undone(tx)
        guard facts.undone == nil else { return facts }
        try collect(tx)
        facts.signed = try signed(tx)
        facts.decidedLines = try tx.query(
            """
            select count(distinct line_id) from recovery_proposal
            where statement_id = \(statement)::bigint and state in ('confirmed', 'rejected')
            """
        ).row().get(0)
        facts.cases = try cases(tx)
        facts.laterNotices = try laterNotices(tx)
        facts.requests = try requests(tx)
        facts.laterStatement = try laterStatement(tx)
        return facts
    }

    private func undone(_ tx: borrowing Transaction) throws -> UndoFacts.Act? {
        let (by, at) = try tx.query(
            "select undone_by, undone_at from statement where id = \(statement)::bigint for update"
        ).row().decode(String?.self, Instant?.self)
        guard let by, let at else { return nil }
        return UndoFacts.Act(by: by, at: at)
    }

    private func collect(_ tx: borrowing Transaction) throws {
        try tx.script(
            """
            create temporary table if not exists undo_line (id bigint primary key, run_id bigint, is_plain boolean)
                on commit drop;
            create temporary table if not exists undo_notice (id bigint primary key, source text) on commit drop;
            """
        )
        try tx.query(
            """
            insert into undo_line (id, run_id, is_plain)
            select l.id, o.run_id, o.pass = 'transaction_id'
            from statement s join statement_line l on l.account_number = s.account_number and l.statement_id = s.id
                    and l.booked_on between s.first_day and s.last_day
                left join line_outcome o on o.line_id = l.id
            where s.id = \(statement)::bigint
            """
        )
        try tx.query(
            """
            insert into undo_notice (id, source)
            select b.id, b.source from (
                select o.notice_id from undo_line u join line_outcome o on o.line_id = u.id
                where o.notice_id is not null and o.outcome in ('matched', 'recovered', 'amount_mismatch')
                union
                select n.notice_id from undo_line u join line_notice n on n.line_id = u.id) shown
                join bank_notice b on b.id = shown.notice_id
            """
        )
        try tx.script("analyze undo_line; analyze undo_notice")
    }

    private func signed(_ tx: borrowing Transaction) throws -> UndoFacts.Signature? {
        try tx.query(
            """
            select g.day, g.signed_by_name from reconciliation_sign_off g
                join statement s on s.account_number = g.account_number and g.day >= s.first_day
            where s.id = \(statement)::bigint order by g.day limit 1
            """
        ).first.map { UndoFacts.Signature(day: try $0.get(0), by: try $0.get(1)) }
    }

    private func cases(_ tx: borrowing Transaction) throws -> [UndoFacts.Case] {
        try tx.query(
            """
            select c.id, c.state, exists (
                select 1 from case_event e where e.case_id = c.id and e.actor_id <> 'system')
            from reconciliation_case c
            where c.kind in ('amount_mismatch', 'duplicate_line', 'unmatched')
                    and c.statement_line_id in (select u.id from undo_line u where not u.is_plain)
                or c.kind = 'statement_gap' and c.statement_id = \(statement)::bigint
            order by c.id for update of c
            """
        ).map { UndoFacts.Case(id: try $0.get(0), state: try $0.code(1), isTouched: try $0.get(2)) }
    }

    /// Callbacks that used the money of a line, or whose own money was taken for that of a line and is in no book.
    private func laterNotices(_ tx: borrowing Transaction) throws -> Int {
        try tx.query(
            """
            with line as (
                select l.id, l.amount, o.transaction_id, o.outcome, o.pass, o.suspense_amount
                from undo_line u join line_outcome o on o.line_id = u.id join statement_line l on l.id = u.id
                where not u.is_plain
            )
            select count(distinct id) from (
                select p.notice_id as id from recovery_proposal p
                where p.statement_id = \(statement)::bigint and p.state = 'superseded'
                union all
                select s.notice_id from line join reconciliation_case c on c.statement_line_id = line.id
                        and c.kind in ('amount_mismatch', 'duplicate_line', 'unmatched')
                    join suspense_use s on s.case_id = c.id
                where s.notice_id is not null
                union all
                select d.id from undo_notice n join bank_notice d on d.duplicate_of = n.id
                where n.source in ('statement', 'counter')
                union all
                select d.id from line join bank_notice d on d.account_number = \(account)
                    and d.bank_reference = line.transaction_id and d.amount = line.amount
                    and d.source = 'callback' and d.outcome = 'duplicate'
                where line.pass <> 'repetition' and (line.outcome = 'recovered' or line.suspense_amount = line.amount)
                union all
                select d.id from recovery_proposal p join statement s on s.id = p.statement_id
                    join bank_notice d on d.payment_request_id = p.payment_request_id and d.amount = p.amount
                        and d.source = 'callback' and d.outcome = 'duplicate' and d.received_at >= s.imported_at
                where p.statement_id = \(statement)::bigint and p.state = 'waiting') later
            """
        ).row().get(0)
    }

    /// Locks the requests that the lines paid.
    private func requests(_ tx: borrowing Transaction) throws -> [UndoFacts.Request] {
        try tx.query(
            "create temporary table if not exists undo_request (id uuid primary key, paid bigint, since timestamptz) on commit drop"
        )
        try tx.query(
            """
            insert into undo_request (id, paid, since)
            select b.payment_request_id, sum(b.amount), min(b.received_at) from undo_notice n join bank_notice b on b.id = n.id
            where n.source = 'statement' group by 1
            """
        )
        // Locked first, so that what is read next is what a refund that was just requested has left.
        try tx.query("select id from payment_request where id in (select id from undo_request) order by id for update")
        return try tx.query(
            """
            select r.id, r.reference, r.status, coalesce(e.from_status, 'pending'), u.paid,
                r.fee_refund_claimed > 0 or e.id is null or exists (
                        select 1 from payment_request_event x where x.payment_request_id = r.id and x.id > e.id)
                    or exists (
                        select 1 from bank_notice b where b.payment_request_id = r.id and b.received_at >= u.since
                            and b.id not in (select n.id from undo_notice n where n.source = 'statement'))
                    or exists (
                        select 1 from basket_item i join basket_notice n on n.basket_id = i.basket_id
                            join bank_notice b on b.id = n.notice_id and b.received_at >= u.since
                        where i.payment_request_id = r.id)
                    or exists (
                        select 1 from refund_part p join refund f on f.id = p.refund_id
                        where p.payment_request_id = r.id and f.requested_at >= u.since)
            from undo_request u join payment_request r on r.id = u.id
                left join lateral (
                    select x.id, x.from_status from payment_request_event x
                    where x.payment_request_id = r.id and x.to_status = 'paid' order by x.id desc limit 1) e on true
            order by r.id
            """
        ).map { row in
            UndoFacts.Request(
                id: try row.get(0),
                reference: try row.get(1),
                status: try row.code(2),
                before: try row.code(3),
                amount: try row.get(4),
                hasChanged: try row.get(5)
            )
        }
    }

    /// A later statement that left out lines because this one had them, or whose lines were judged after these, and not
    /// by their own notice alone.
    private func laterStatement(_ tx: borrowing Transaction) throws -> Int64? {
        try tx.query(
            """
            select max(id) from (
                select t.id from statement s join statement t on t.account_number = s.account_number and t.id > s.id
                    and t.undone_at is null and t.overlapping > 0
                    and t.first_day <= s.last_day and t.last_day >= s.first_day
                where s.id = \(statement)::bigint
                union all
                select l.statement_id from line_outcome o join statement_line l on l.id = o.line_id
                where o.pass <> 'transaction_id' and o.run_id >= (select min(run_id) from undo_line)
                    and l.account_number = \(account) and l.statement_id <> \(statement)::bigint
                    and (l.statement_id > \(statement)::bigint or o.run_id not in (
                        select u.run_id from undo_line u where u.run_id is not null))
            ) later
            """
        ).row().get(0)
    }
}
