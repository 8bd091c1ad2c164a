import Matching
import Postgres
import Values
import Workflow

extension StatementGaps {
    /// Judges a new statement and those after it: writes their gaps, and opens and closes cases accordingly.
    ///
    /// The caller must hold the lock of the account's statements.
    static func judge(_ account: String, new: Int64, now: Instant, _ tx: borrowing Transaction) throws {
        let statements = try statements(account, tx)
        guard let first = statements.first(where: { $0.id == new })?.firstDay else { return }
        try judge(account, statements, from: first, now: now, tx)
    }

    /// Judges the statements that begin on a day or later again, because one that began on it is undone.
    static func judge(_ account: String, from day: Day, now: Instant, _ tx: borrowing Transaction) throws {
        try judge(account, try statements(account, tx), from: day, now: now, tx)
    }

    private static func judge(
        _ account: String,
        _ statements: [Statement],
        from day: Day,
        now: Instant,
        _ tx: borrowing Transaction
    ) throws {
        let gaps = StatementGaps(from: day, statements: statements)
        let judgements = gaps.judgements(try lines(account, gaps, tx))
        guard !judgements.isEmpty else { return }
        _ = try tx.pipeline(write(judgements, account, now))
    }

    /// The account's statements that have lines.
    static func statements(_ account: String, _ tx: borrowing Transaction) throws -> [Statement] {
        try tx.query(
            """
            select id, first_day, last_day, opening_balance, closing_balance from statement
            where account_number = \(account) and first_day is not null and undone_at is null
            """
        ).map { row in
            Statement(
                id: try row.get(0),
                firstDay: try row.get(1),
                lastDay: try row.get(2),
                opening: try row.get(3),
                closing: try row.get(4)
            )
        }
    }

    /// What the account's stored lines say about the statements that balances alone do not explain.
    static func lines(_ account: String, _ gaps: StatementGaps, _ tx: borrowing Transaction) throws -> Lines {
        var lines = Lines()
        guard !gaps.unexplained.isEmpty else { return lines }
        let continued = try tx.query(
            """
            select s.id
            from unnest(\(gaps.unexplained.map(\.id))::bigint[], \(gaps.unexplained.map(\.firstDay))::date[],
                \(gaps.unexplained.map { $0.opening ?? .zero })::bigint[]) as s (id, day, balance)
            where exists (
                select 1 from statement_line l
                where l.account_number = \(account) and l.booked_on = s.day and l.statement_id <> s.id
                    and l.balance = s.balance)
            """
        )
        lines.continued = Set(try continued.map { try $0.get(0, as: Int64.self) })
        let days = Array(gaps.days)
        let sums = try tx.query(
            """
            select d.place, (
                select coalesce(sum(l.amount), 0)::bigint from statement_line l
                where l.account_number = \(account) and l.booked_on >= d.from_day and l.booked_on < d.until_day)
            from unnest(\(days.map(\.from))::date[], \(days.map(\.until))::date[])
                with ordinality as d (from_day, until_day, place)
            """
        )
        for row in sums { lines.sums[days[try row.get(0, as: Int.self) - 1]] = try row.get(1, as: Money.self) }
        return lines
    }

    private static func write(_ judgements: [Judgement], _ account: String, _ now: Instant) -> [Query] {
        let gaps = judgements.filter { $0.reason != nil }
        let cases = gaps.compactMap { judgement -> CaseRecord? in
            guard let reason = judgement.reason, let expected = judgement.expected else { return nil }
            return CaseRecord(
                kind: .statementGap,
                accountNumber: account,
                statementID: judgement.statementID,
                amount: judgement.gap,
                evidence: [
                    "opening_balance": .money(expected + judgement.gap), "previous_closing_balance": .money(expected),
                ],
                reason: reason
            )
        }
        return [
            """
            update statement s set gap = j.gap
            from unnest(\(judgements.map(\.statementID))::bigint[], \(judgements.map(\.gap))::bigint[]) as j (id, gap)
            where s.id = j.id and s.gap <> j.gap
            """
        ] + CaseWriter.openGaps(cases, now: now) + [
            CaseWriter.closeGaps(of: judgements.filter { $0.reason == nil }.map(\.statementID), now: now)
        ]
    }
}
