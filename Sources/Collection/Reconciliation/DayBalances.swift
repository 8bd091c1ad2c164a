import Matching
import Postgres
import Values

/// The balances of an account's day: the bank's by its statements, and that of the books.
struct DayBalances: Sendable {
    /// The bank's balance before and after the day's lines.
    let opening: Money
    let closing: Money
    /// The closing balance stated by the latest statement that ends on the day; `nil` if none states one.
    let statedClosing: Money?
    /// The balance of the books at the end of the day.
    let books: Money

    static func read(_ account: String, _ day: Day, _ tx: borrowing Transaction) throws -> DayBalances {
        let opening = try OpeningBalance.read(account, tx)?.amount ?? .zero
        while true {
            let marks = try DaySumMarks.read(tx)
            // Nothing if the sums have moved on since; they do every few seconds at most.
            if let balances = try read(account, day, opening, marks, tx) { return balances }
        }
    }

    private static func read(
        _ account: String,
        _ day: Day,
        _ first: Money,
        _ marks: DaySumMarks,
        _ tx: borrowing Transaction
    ) throws -> DayBalances? {
        try tx.query(
            """
            with brought as (
                select booked_on, amount from statement_day
                where account_number = \(account) and booked_on <= \(day)::date
                union all
                select booked_on, amount from statement_line
                where id > \(marks.lines)::bigint and account_number = \(account) and booked_on <= \(day)::date),
            posted as (
                select d.amount from ledger_account a join ledger_day d on d.ledger_account = a.id
                where a.kind = 'bank' and a.owner = \(account) and d.booked_on <= \(day)::date
                union all
                select case when t.debit_account = a.id then t.amount else -t.amount end
                from ledger_account a join ledger_transfer t on a.id in (t.debit_account, t.credit_account)
                where a.kind = 'bank' and a.owner = \(account) and t.booked_on <= \(day)::date
                    and t.id > \(marks.postings)::bigint)
            select (select coalesce(sum(gap), 0) from statement
                        where account_number = \(account) and first_day <= \(day)::date and undone_at is null)::bigint,
                (select coalesce(sum(amount), 0) from brought where booked_on < \(day)::date)::bigint,
                (select coalesce(sum(amount), 0) from brought where booked_on = \(day)::date)::bigint,
                (select closing_balance from statement where account_number = \(account) and last_day = \(day)::date
                    and undone_at is null order by id desc limit 1),
                (select coalesce(sum(amount), 0) from posted)::bigint
            where exists (select from day_sum_progress
                    where source = 'statement_line' and summed_through = \(marks.lines)::bigint)
                and exists (select from day_sum_progress
                    where source = 'ledger_transfer' and summed_through = \(marks.postings)::bigint)
            """
        ).first.map { row in
            let (gaps, before, today, stated, books) = try row.decode(
                Money.self,
                Money.self,
                Money.self,
                Money?.self,
                Money.self
            )
            let opening = first + gaps + before
            return DayBalances(opening: opening, closing: opening + today, statedClosing: stated, books: books)
        }
    }
}
