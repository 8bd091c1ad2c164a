import Collection
import Postgres
import Testing
import Values

/// All that books and reports say of an account, to be compared with what they say later.
struct BooksSnapshot: Sendable {
    /// What each part says, line by line.
    let parts: [(name: String, lines: [String])]

    private static let queries: [(String, Query)] = [
        (
            "balances",
            """
            select concat_ws(' ', a.kind, a.owner, t.booked_on, sum(case when t.debit_account = a.id then t.amount
                else -t.amount end))
            from ledger_account a join ledger_transfer t on a.id in (t.debit_account, t.credit_account)
            group by a.kind, a.owner, t.booked_on
            having sum(case when t.debit_account = a.id then t.amount else -t.amount end) <> 0 order by 1
            """
        ),
        (
            "requests",
            """
            select concat_ws(' ', id, status, amount_received, amount_applied, paid_at, paid_on, settled_by)
            from payment_request order by id
            """
        ),
        (
            "payments counted",
            """
            select concat_ws(' ', payment_request_id, paid_on, agency_code) from payment_request_event
            where paid_on is not null order by 1
            """
        ),
        (
            "open cases",
            "select concat_ws(' ', id, kind, amount, assignee) from reconciliation_case where state = 'open' order by id"
        ),
        (
            "in clearing",
            "select concat_ws(' ', notice_id, amount) from clearing_item where cleared_at is null order by 1"
        ),
        ("refunds", "select concat_ws(' ', id, state, settled_at, statement_line_id) from refund order by id"),
        ("awaited", "select concat_ws(' ', id, amount) from awaited_notice order by id"),
        ("waiting", "select concat_ws(' ', line_id, amount) from recovery_proposal where state = 'waiting' order by 1"),
        (
            "lines",
            """
            select concat_ws(' ', l.id, o.outcome, o.notice_id) from statement_line l left join line_outcome o
                on o.line_id = l.id order by l.id
            """
        ),
        ("gaps", "select concat_ws(' ', id, gap) from statement where undone_at is null order by id"),
        (
            "totals",
            """
            select concat_ws(' ', paid_on, agency_code, channel, sum(paid_requests), sum(amount_total)) from daily_total
            group by paid_on, agency_code, channel having sum(paid_requests) <> 0 order by 1
            """
        ),
    ]

    /// - Parameter days: the days whose records and explanations are taken.
    static func taken(_ services: Services, account: String, days: [Day]) async throws -> BooksSnapshot {
        var parts: [(String, [String])] = []
        for (name, query) in queries {
            parts.append((name, try await services.database.query(query).map { try $0.get(0, as: String.self) }))
        }
        for day in days {
            let record = try await services.reports.reconciliation(account: account, day: day)
            #expect(record.unexplained == .zero)
            // A run has been, whatever became of it.
            let members = record.json.members?.filter { !["runs", "generated_at"].contains($0.name) } ?? []
            parts.append(("record of \(day)", members.map { "\($0.name) \($0.value.serialized)" }))
            let explained = try await services.explanations.explain(account: account, day: day, limit: 1000)
            parts.append(("explanation of \(day)", [explained.json(in: .english).serialized]))
            let month = String(day.description.prefix(7))
            let period = try ReportPeriod(month, basis: .calendar)
            let collected = try await services.reports.collections(period, locality: nil)
            let shown = collected.json.members?.filter { $0.name != "generated_at" } ?? []
            parts.append(("collections of \(month)", shown.map { "\($0.name) \($0.value.serialized)" }))
            for by in NonCashReport.By.allCases {
                parts.append(("rates of \(month) by \(by)", try await rates(services, period, by)))
            }
        }
        return BooksSnapshot(parts: parts)
    }

    /// The report without cash, row by row.
    private static func rates(_ services: Services, _ period: ReportPeriod, _ by: NonCashReport.By) async throws
        -> [String]
    {
        let question = NonCashReport.Question(period: period, level: .commune, locality: nil, asOf: .recorded, by: by)
        let report = try await services.reports.nonCash(question).json
        return (report["rows"]?.array ?? []).map(\.serialized) + ["total \(report["total"]?.serialized ?? "")"]
    }

    /// What differs from this snapshot in another one: lines gone, and lines come.
    func differences(in other: BooksSnapshot) -> [String] {
        zip(parts, other.parts).flatMap { was, now in
            let (before, after) = (Set(was.lines), Set(now.lines))
            return before.subtracting(after).sorted().map { "\(was.name): gone \($0)" }
                + after.subtracting(before).sorted().map { "\(was.name): come \($0)" }
        }
    }
}
