import Collection
import Postgres
import TestSupport
import Testing
import Values
import Workflow

/// What stands in the books and not at the bank at the end of a day, or the other way round, said the long way: every
/// transfer and every line there ever was.
enum ReconciliationDifferenceOracle {
    static func expectSame(_ database: Database, _ reports: Reports, account: String, day: Day) async throws {
        let items = try await reports.reconciliation(account: account, day: day).items
        let differing = try await database.query(
            """
            with said as (
                select * from unnest(\(items.map(\.reason.code.rawValue))::text[], \(items.map(\.amount))::bigint[],
                    \(items.map(\.bookedOn))::date[], \(items.map(\.noticeID))::bigint[], \(items.map(\.lineID))::bigint[])
                    as i (reason, amount, booked_on, notice_id, line_id)
                where reason not in ('gap_in_statements', 'opening_not_booked')
            ),
            notice as (
                select b.id, sum(t.amount)::bigint as amount, t.booked_on, line.id as line_id, line.booked_on as shown_on
                from ledger_transfer t
                    join ledger_account a on a.id = t.debit_account and a.kind = 'bank' and a.owner = \(account)
                    join bank_notice b on b.id = t.notice_id
                    left join (
                        select o.notice_id, l.id, l.booked_on from line_outcome o join statement_line l on l.id = o.line_id
                        where o.outcome in ('matched', 'recovered', 'amount_mismatch')
                        union all
                        select n.notice_id, l.id, l.booked_on from line_notice n join statement_line l on l.id = n.line_id
                    ) line on line.notice_id = b.id
                where t.statement_line_id is null
                group by b.id, t.booked_on, line.id, line.booked_on
            ),
            true_ones as (
                select case when n.shown_on is not null then 'shown_later'
                        when n.booked_on + 1 <= \(day)::date then 'missing_at_bank'
                        else 'awaiting_line' end as reason,
                    n.amount, n.booked_on, n.id as notice_id, n.line_id
                from notice n where n.booked_on <= \(day)::date and (n.shown_on is null or n.shown_on > \(day)::date)
                union all
                select 'shown_earlier', -n.amount, n.booked_on, n.id, n.line_id
                from notice n where n.booked_on > \(day)::date and n.shown_on <= \(day)::date
                union all
                select case when o.line_id is null then 'not_reconciled' else 'repeated_line' end, -l.amount, l.booked_on,
                    null, l.id
                from statement_line l left join line_outcome o on o.line_id = l.id
                where l.account_number = \(account) and l.booked_on <= \(day)::date
                    and (o.line_id is null or o.pass = 'repetition')
            ),
            compared as (
                (select 'said', * from said except all select 'said', * from true_ones)
                union all
                (select 'missed', * from true_ones except all select 'missed', * from said)
            )
            select concat_ws(' ', compared.*) from compared limit 5
            """
        ).map { try $0.get(0, as: String.self) }
        #expect(differing.isEmpty, "\(account) on \(day): \(differing)")
    }
}
