import Matching
import Postgres
import Values

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension DayDifference {
    /// Explains the difference of an account's day. Only what is open, or stands on different days on the two sides, can
    /// differ, so nothing else is read, however many years of data there are.
    static func read(_ account: String, _ day: Day, _ tx: borrowing Transaction) throws -> [Item] {
        let state = try ReconciliationState.read(account, tx)
        return items(
            on: day,
            notices: try notices(account, day, state, tx),
            lines: try repeatedLines(account, day, tx) + lines(account, day, state, tx),
            gaps: try gaps(account, tx),
            opening: try opening(account, tx),
            calendar: try .read(account, tx)
        )
    }

    private static func notices(
        _ account: String,
        _ day: Day,
        _ state: ReconciliationState,
        _ tx: borrowing Transaction
    ) throws -> [BookedNotice] {
        let marks = try DaySumMarks.read(tx)
        return try tx.query(
            """
            with named as materialized (
                select u.notice_id as id from unconfirmed_notice u where u.account_number = \(account)
                union
                select b.id from bank_notice b
                where b.account_number = \(account) and b.id >= \(state.notice)::bigint and b.booked_on <= \(day)::date
                union
                select d.notice_id from timing_difference d
                where d.account_number = \(account) and d.end_day > \(day)::date and d.first_day <= \(day)::date
                union
                select o.notice_id from line_outcome o join statement_line l on l.id = o.line_id
                where o.id > \(marks.outcomes)::bigint and l.account_number = \(account) and o.notice_id is not null
                union
                select n.notice_id from line_notice n join statement_line l on l.id = n.line_id
                where n.id > \(marks.otherNotices)::bigint and l.account_number = \(account)
            )
            select b.id, sum(t.amount)::bigint, t.booked_on, b.provider_transaction_id, b.payment_request_id, line.id,
                line.booked_on
            from named join bank_notice b on b.id = named.id join ledger_transfer t on t.notice_id = b.id
                join ledger_account a on a.id = t.debit_account and a.kind = 'bank' and a.owner = \(account)
                left join lateral (
                    select l.id, l.booked_on from line_outcome o join statement_line l on l.id = o.line_id
                    where o.notice_id = b.id and o.outcome in ('matched', 'recovered', 'amount_mismatch')
                    union all
                    select l.id, l.booked_on from line_notice n join statement_line l on l.id = n.line_id
                    where n.notice_id = b.id
                    limit 1) line on true
            where t.statement_line_id is null
            group by b.id, t.booked_on, b.provider_transaction_id, b.payment_request_id, line.id, line.booked_on
            """
        ).map { row in
            let (id, amount, bookedOn, transaction, request, line, shownOn) = try row.decode(
                Int64.self,
                Money.self,
                Day.self,
                String.self,
                UUID?.self,
                Int64?.self,
                Day?.self
            )
            var shownBy: (line: Int64, day: Day)?
            if let line, let shownOn { shownBy = (line, shownOn) }
            return BookedNotice(
                id: id,
                amount: amount,
                bookedOn: bookedOn,
                transaction: transaction,
                requestID: request,
                shownBy: shownBy
            )
        }
    }

    private static func repeatedLines(_ account: String, _ day: Day, _ tx: borrowing Transaction) throws -> [SilentLine]
    {
        try tx.query(
            """
            select l.id, l.amount, l.booked_on, coalesce(nullif(l.transaction_id, ''), l.statement_id || ':' || l.line_number)
            from line_outcome o join statement_line l on l.id = o.line_id
            where o.pass = 'repetition' and l.account_number = \(account) and l.booked_on <= \(day)::date
            """
        ).map { try SilentLine($0, isRepeated: true) }
    }

    /// Lines that no run has considered.
    private static func lines(
        _ account: String,
        _ day: Day,
        _ state: ReconciliationState,
        _ tx: borrowing Transaction
    ) throws -> [SilentLine] {
        try tx.query(
            """
            select l.id, l.amount, l.booked_on, coalesce(nullif(l.transaction_id, ''), l.statement_id || ':' || l.line_number) from statement_line l
            where l.account_number = \(account) and l.booked_on <= \(day)::date
                and (l.id > \(state.line)::bigint or l.booked_on > coalesce(\(state.through)::date, '-infinity'))
                and (select o.line_id from line_outcome o where o.line_id = l.id) is null
            """
        ).map { try SilentLine($0, isRepeated: false) }
    }

    private static func opening(_ account: String, _ tx: borrowing Transaction) throws -> Opening? {
        guard let stated = try OpeningBalance.read(account, tx) else { return nil }
        return Opening(stated: stated, booked: try OpeningBalance.booked(account, tx))
    }

    private static func gaps(_ account: String, _ tx: borrowing Transaction) throws -> [Gap] {
        try tx.query(
            """
            select id, gap, first_day, coalesce(file_name, '') from statement
            where account_number = \(account) and gap <> 0 and first_day is not null and undone_at is null
            """
        ).map { row in
            let (id, gap, firstDay, fileName) = try row.decode(Int64.self, Money.self, Day.self, String.self)
            return Gap(statementID: id, amount: gap, firstDay: firstDay, fileName: fileName)
        }
    }
}

extension DayDifference.SilentLine {
    init(_ row: Row, isRepeated: Bool) throws {
        self.init(
            id: try row.get(0),
            amount: try row.get(1),
            day: try row.get(2),
            detail: try row.get(3),
            isRepeated: isRepeated
        )
    }
}
