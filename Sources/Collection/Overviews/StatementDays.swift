import Postgres
public import Values

/// Which of an account's last days have a statement and a signature; a month of them is shown as a calendar.
public struct StatementDays: Sendable {
    public struct Day: Sendable {
        public let day: Values.Day
        public let hasStatement: Bool
        public let isSigned: Bool
        /// Whether a second person has signed it too.
        public let isCountersigned: Bool
        /// The cases of the day's lines and notices that were opened on it and are still open.
        public let openCases: Int64
    }

    public let account: String
    /// In the order of time.
    public let days: [Day]
}

extension Overviews {
    /// The calendars of accounts over some days, each day of each account.
    ///
    /// - Parameters:
    ///   - accounts: only these accounts; `nil` for all.
    ///   - through: the last day.
    ///   - count: how many days, at most 62.
    public func calendars(accounts: [String]?, through: Day, count: Int = 31) async throws -> [StatementDays] {
        let first = through.adding(days: 1 - max(1, min(count, 62)))
        let rows = try await database.query(
            """
            with covered as (
                select distinct s.account_number, c::date as day
                from statement s cross join lateral generate_series(
                    greatest(s.first_day, \(first)::date), least(s.last_day, \(through)::date), interval '1 day') c
                where s.undone_at is null and s.last_day >= \(first)::date and s.first_day <= \(through)::date),
            opened as (
                select account_number, (opened_at at time zone 'Asia/Ho_Chi_Minh')::date as day, count(*) as cases
                from reconciliation_case
                where state = 'open' and opened_at >= \(first)::date::timestamp at time zone 'Asia/Ho_Chi_Minh'
                group by 1, 2)
            select a.account_number, d::date, c.day is not null,
                exists (select 1 from reconciliation_sign_off o where o.account_number = a.account_number
                    and o.day = d::date),
                exists (select 1 from reconciliation_countersignature o where o.account_number = a.account_number
                    and o.day = d::date),
                coalesce(o.cases, 0)
            from bank_account a
                cross join generate_series(\(first)::date, \(through)::date, interval '1 day') d
                left join covered c on c.account_number = a.account_number and c.day = d::date
                left join opened o on o.account_number = a.account_number and o.day = d::date
            where \(accounts)::text[] is null or a.account_number = any(\(accounts)::text[])
            order by 1, 2
            """
        ).map { row in
            (
                account: try row.get(0, as: String.self),
                day: StatementDays.Day(
                    day: try row.get(1),
                    hasStatement: try row.get(2),
                    isSigned: try row.get(3),
                    isCountersigned: try row.get(4),
                    openCases: try row.get(5)
                )
            )
        }
        var calendars: [StatementDays] = []
        for (account, day) in rows {
            if let last = calendars.last, last.account == account {
                calendars[calendars.count - 1] = StatementDays(account: account, days: last.days + [day])
            } else {
                calendars.append(StatementDays(account: account, days: [day]))
            }
        }
        return calendars
    }
}
