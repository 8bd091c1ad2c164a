public import Postgres
public import Values
public import Workflow

/// The statements that were imported, and what became of their lines.
public struct StatementRecords: Sendable {
    private let database: Database

    public init(_ database: Database) { self.database = database }

    /// The largest number of statements in a page.
    public static let maximumPage = 500

    /// Statements, latest first.
    ///
    /// - Parameters:
    ///   - account: only statements of this account.
    ///   - accounts: only statements of these accounts; `nil` for all.
    ///   - awaiting: whether to return only statements with lines that wait for confirmation.
    ///   - before: an id; those below it, for the next page.
    ///   - limit: 1 to ``maximumPage``.
    public func list(
        account: String? = nil,
        within accounts: [String]? = nil,
        awaiting: Bool = false,
        before: Int64? = nil,
        limit: Int = 100
    ) async throws -> [StoredStatement] {
        guard (1...Self.maximumPage).contains(limit) else {
            throw ServiceError(.invalidParameter, at: "limit", .wholeNumber(1...Self.maximumPage))
        }
        let query = Query(
            trustedSQL: """
                select \(StoredStatement.columns) from statement s join bank_account a using (account_number)
                where ($1::text is null or s.account_number = $1) and ($2::text[] is null or s.account_number = any($2))
                    and s.id < $3::bigint and (not $5::boolean or exists (
                        select 1 from recovery_proposal p where p.statement_id = s.id and p.state = 'waiting'))
                order by s.id desc limit $4::integer
                """,
            binding: [account, accounts, before ?? .max, Int32(limit), awaiting]
        )
        return try await database.query(query).map { try StoredStatement($0) }
    }

    /// A page as it is returned and printed.
    public static func page(_ statements: [StoredStatement], limit: Int, in language: Language) -> JSON {
        let last = statements.count == limit ? statements.last?.id : nil
        return [
            "items": .array(statements.map { .object($0.members(in: language)) }),
            "next_cursor": last.map { .string(String($0)) } ?? .null,
        ]
    }

    /// The statement of an id, or throws `notFound`.
    public func find(_ id: Int64) async throws -> StoredStatement {
        let query = Query(
            trustedSQL: """
                select \(StoredStatement.columns) from statement s join bank_account a using (account_number)
                where s.id = $1::bigint
                """,
            binding: [id]
        )
        guard let row = try await database.query(query).first else {
            throw ServiceError(.notFound, .none(.statement, id))
        }
        return try StoredStatement(row)
    }

    /// The statement of an id with what became of its lines, or throws `notFound`.
    ///
    /// - Parameter after: only waiting lines after this line of the file are included.
    public func show(_ id: Int64, awaitingAfter after: Int64 = 0) async throws -> ShownStatement {
        let statement = try await find(id)
        return ShownStatement(
            statement: statement,
            outcomes: try await outcomes(of: statement),
            awaiting: try await database.read { tx in try AwaitingRecoveries.read(id, after: after, tx) }
        )
    }

    /// How many lines of a statement have which outcome.
    ///
    /// Lines are found by their days, because there is no index by statement; their outcomes by the range of their ids.
    private func outcomes(of statement: StoredStatement) async throws -> [LineCount] {
        try await database.query(
            """
            with line as materialized (
                select id, amount > 0 as is_credit from statement_line
                where account_number = \(statement.account) and statement_id = \(statement.id)::bigint
                    and booked_on between \(statement.firstDay)::date and \(statement.lastDay)::date
            )
            select coalesce(o.outcome, \(LineCount.notReconciled)), l.is_credit, count(*)
            from line l left join (
                select line_id, outcome from line_result
                where line_id between (select min(id) from line) and (select max(id) from line)
            ) o on o.line_id = l.id
            group by 1, 2
            """
        ).map { row in
            LineCount(outcome: try row.get(0), isCredit: try row.get(1), lines: try row.get(2))
        }
    }

    /// The warnings after a run: one for each statement that now waits for confirmation, and one for each of which most
    /// lines match nothing.
    ///
    /// Only statements of which at least one line in fifty stayed unmatched are checked: a correct one has fewer. They are
    /// counted as a whole only if not as many were found to be something as stayed unmatched, by this run or earlier ones.
    public func warnings(ofRun id: Int64) async throws -> [Reason] {
        let suspects = try await database.query(
            """
            with part as (
                select r.id, r.account_number, coalesce(r.continues, r.id) as first from reconciliation_run r
                where r.id = \(id)::bigint
            ),
            suspect as (
                select s.id, s.account_number, s.imported_at, s.first_day, s.last_day
                from part p
                    join reconciliation_run r on r.account_number = p.account_number and r.id between p.first and p.id
                    join line_outcome o on o.run_id = r.id and o.pass <> 'transaction_id' and o.outcome = 'unmatched'
                    cross join lateral (select * from statement_line where id = o.line_id and amount > 0 offset 0) l
                    join statement s on s.id = l.statement_id
                group by s.id having count(*) * 50 > s.lines order by s.id limit 20
            )
            select s.id from suspect s cross join lateral (
                select count(*) as lines from reconciliation_run r
                    join line_outcome o on o.run_id = r.id and o.pass <> 'transaction_id' and o.outcome = 'unmatched'
                    cross join lateral (
                        select * from statement_line where id = o.line_id and statement_id = s.id and amount > 0 offset 0) l
                where r.account_number = s.account_number
                    and (r.started_at >= s.imported_at or r.id = \(id)::bigint)) unmatched
            where unmatched.lines > (
                select count(*) from (
                    select 1 from statement_line l
                        cross join lateral (select * from line_outcome where line_id = l.id offset 0) o
                    where l.account_number = s.account_number and l.statement_id = s.id and l.amount > 0
                        and l.booked_on between s.first_day and s.last_day and o.outcome not in ('unmatched', 'recovered')
                    limit unmatched.lines) found)
            order by s.id
            """
        ).map { try $0.get(0, as: Int64.self) }
        var warnings = try await database.query(
            """
            select statement_id, count(distinct line_id), sum(amount)::bigint from recovery_proposal
            where run_id = \(id)::bigint and state = 'waiting' group by statement_id order by statement_id limit 20
            """
        ).map { Reason.recoveriesAwait(statement: try $0.get(0), lines: try $0.get(1), total: try $0.get(2)) }
        for suspect in suspects {
            if let warning = try await show(suspect).matchesLittle { warnings.append(warning) }
        }
        return warnings
    }
}
