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
        let (gaps, before, today, stated) = try tx.query(
            """
            select (select coalesce(sum(gap), 0) from statement
                        where account_number = \(account) and first_day <= \(day)::date and undone_at is null)::bigint,
                coalesce(sum(amount) filter (where booked_on < \(day)::date), 0)::bigint,
                coalesce(sum(amount) filter (where booked_on = \(day)::date), 0)::bigint,
                (select closing_balance from statement where account_number = \(account) and last_day = \(day)::date
                    and undone_at is null order by id desc limit 1)
            from statement_line where account_number = \(account) and booked_on <= \(day)::date
            """
        ).row().decode(Money.self, Money.self, Money.self, Money?.self)
        let first = try (OpeningBalance.read(account, tx)?.amount ?? .zero) + gaps
        return DayBalances(
            opening: first + before,
            closing: first + before + today,
            statedClosing: stated,
            books: try books(account, day, tx)
        )
    }

    private static func books(_ account: String, _ day: Day, _ tx: borrowing Transaction) throws -> Money {
        try tx.query(
            """
            select coalesce(sum(case when t.debit_account = a.id then t.amount else -t.amount end), 0)::bigint
            from ledger_account a join ledger_transfer t on a.id in (t.debit_account, t.credit_account)
            where a.kind = 'bank' and a.owner = \(account) and t.booked_on <= \(day)::date
            """
        ).row().get(0, as: Money.self)
    }
}
