import Postgres

/// A table of facts whose rows are summed by day, by its name.
enum DaySumSource: String, CaseIterable {
    case postings = "ledger_transfer"
    case lines = "statement_line"
    case outcomes = "line_outcome"
    case otherNotices = "line_notice"
    /// Events of requests, for what they say of dossiers.
    case requests = "payment_request_event"

    /// Adds the rows with the ids of a range to the sums.
    func sums(after: Int64, through: Int64) -> Query {
        switch self {
        case .postings:
            """
            insert into ledger_day as d (ledger_account, booked_on, amount)
            select account, booked_on, sum(amount)::bigint from (
                select debit_account as account, booked_on, amount from ledger_transfer
                where id > \(after)::bigint and id <= \(through)::bigint
                union all
                select credit_account, booked_on, -amount from ledger_transfer
                where id > \(after)::bigint and id <= \(through)::bigint) t
            group by 1, 2
            on conflict (ledger_account, booked_on) do update set amount = d.amount + excluded.amount
            """
        case .lines:
            """
            insert into statement_day as d (account_number, booked_on, amount, lines)
            select account_number, booked_on, sum(amount)::bigint, count(*) from statement_line
            where id > \(after)::bigint and id <= \(through)::bigint
            group by 1, 2
            on conflict (account_number, booked_on) do update
                set amount = d.amount + excluded.amount, lines = d.lines + excluded.lines
            """
        case .outcomes:
            """
            insert into timing_difference (line_id, notice_id, account_number, first_day, end_day)
            select l.id, b.id, l.account_number, least(l.booked_on, b.booked_on), greatest(l.booked_on, b.booked_on)
            from line_outcome o join statement_line l on l.id = o.line_id join bank_notice b on b.id = o.notice_id
            where o.id > \(after)::bigint and o.id <= \(through)::bigint and l.booked_on <> b.booked_on
                and o.outcome in ('matched', 'recovered', 'amount_mismatch')
            on conflict do nothing
            """
        case .otherNotices:
            """
            insert into timing_difference (line_id, notice_id, account_number, first_day, end_day)
            select l.id, b.id, l.account_number, least(l.booked_on, b.booked_on), greatest(l.booked_on, b.booked_on)
            from line_notice n join statement_line l on l.id = n.line_id join bank_notice b on b.id = n.notice_id
            where n.id > \(after)::bigint and n.id <= \(through)::bigint and l.booked_on <> b.booked_on
            on conflict do nothing
            """
        case .requests: DossierSums.add(after: after, through: through)
        }
    }
}
