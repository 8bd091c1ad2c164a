import Matching
import Postgres
import Values

extension OpeningBalance {
    /// Posts what an account held before its first line.
    static func book(_ account: String, _ books: BooksOfAccount, now: Instant, _ tx: borrowing Transaction) throws {
        try post(changes(wanted: try read(account, tx), booked: try booked(account, tx)), books, now: now, tx)
    }

    /// Posts anew what earlier runs had posted, now that a statement is undone: by the others or, if none of them states a
    /// balance, nothing. An account without a run has none posted, and gets none.
    ///
    /// - Parameter day: any day.
    static func bookAgain(_ account: String, _ day: Day, now: Instant, _ tx: borrowing Transaction) throws {
        let booked = try booked(account, tx)
        guard !booked.isEmpty else { return }
        let wanted = try read(account, tx) ?? OpeningBalance(day: day, amount: .zero)
        try post(changes(wanted: wanted, booked: booked), try BooksOfAccount.of(account, tx), now: now, tx)
    }

    private static func post(
        _ changes: [OpeningBalance],
        _ books: BooksOfAccount,
        now: Instant,
        _ tx: borrowing Transaction
    ) throws {
        guard !changes.isEmpty else { return }
        try tx.query(
            Posting.insert(
                changes.map { change in
                    let isMore = change.amount > .zero
                    return Posting(
                        debit: isMore ? books.bank : books.opening,
                        credit: isMore ? books.opening : books.bank,
                        amount: isMore ? change.amount : -change.amount,
                        kind: "opening",
                        day: change.day
                    )
                },
                now: now
            )
        )
    }

    /// The opening balance of the earliest statement that states one, minus the lines of earlier statements, which
    /// state none.
    static func read(_ account: String, _ tx: borrowing Transaction) throws -> OpeningBalance? {
        let anchor = try tx.query(
            """
            select s.opening_balance, s.first_day,
                (select min(first_day) from statement where account_number = \(account) and undone_at is null)
            from statement s
            where s.account_number = \(account) and s.opening_balance is not null and s.first_day is not null
                and s.undone_at is null
            order by s.first_day, s.id limit 1
            """
        ).first
        guard let (balance, day, first) = try anchor?.decode(Money.self, Day.self, Day.self) else { return nil }
        guard first < day else { return OpeningBalance(day: day, amount: balance) }
        let before = try tx.query(
            """
            select coalesce(sum(l.amount), 0)::bigint from statement_line l
            where l.account_number = \(account) and l.booked_on >= \(first)::date and l.booked_on < \(day)::date
            """
        ).row().get(0, as: Money.self)
        return OpeningBalance(day: first, amount: balance - before)
    }

    /// What the books hold of it, by the day on which it was posted.
    static func booked(_ account: String, _ tx: borrowing Transaction) throws -> [Day: Money] {
        let rows = try tx.query(
            """
            with bank as (select id from ledger_account where kind = 'bank' and owner = \(account)),
                opening as (select id from ledger_account where kind = 'opening' and owner = \(account))
            select booked_on, sum(amount)::bigint from (
                select booked_on, amount from ledger_transfer
                where kind = 'opening' and debit_account = (select id from bank)
                union all
                select booked_on, -amount from ledger_transfer
                where kind = 'opening' and debit_account = (select id from opening)) t
            group by booked_on
            """
        )
        return try Dictionary(uniqueKeysWithValues: rows.map { (try $0.get(0), try $0.get(1)) })
    }
}
