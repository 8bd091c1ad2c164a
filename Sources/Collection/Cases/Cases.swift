public import Postgres
public import Values

/// What did not fit and waits for a person.
public struct Cases: Sendable {
    let database: Database

    public init(_ database: Database) { self.database = database }

    public static let kinds = [
        "underpaid", "overpaid", "late", "unknown_reference", "conflict", "amount_mismatch", "duplicate_line",
        "unmatched",
        "missing_at_bank", "statement_gap",
    ]
    /// `awaiting_approval` is an open case on which a move of money waits for the second person.
    public static let states = ["open", "awaiting_approval", "resolved", "closed"]

    /// Cases, oldest first, as the API answers them. The state `open` finds those awaiting approval as well.
    ///
    /// - Parameters:
    ///   - after: the id of the last case of the page before; 0 for the first page.
    ///   - limit: 1 to 500.
    public func list(
        kind: String?,
        state: String?,
        agencies: [String]?,
        after: Int64,
        limit: Int,
        assignee: String? = nil
    ) async throws -> [JSON] {
        if let kind, !Cases.kinds.contains(kind) {
            throw ServiceError(
                .invalidParameter,
                at: "kind",
                .oneOf(Cases.kinds)
            )
        }
        if let state, !Cases.states.contains(state) {
            throw ServiceError(
                .invalidParameter,
                at: "state",
                .oneOf(Cases.states)
            )
        }
        let sql = """
            \(Cases.select)
            where ($1::text is null or c.kind = $1)
                and ($2::text is null or c.state = $2 or ($2 = 'awaiting_approval' and c.state = 'open' and w.id is not null))
                and ($3::text[] is null or c.agency_code = any($3)) and c.id > $4::bigint
                and ($5::text is null or c.assignee = $5)
            order by c.id limit $6::integer
            """
        let rows = try await database.query(
            Query(trustedSQL: sql, binding: [kind, state, agencies, after, assignee, max(1, min(limit, 500))])
        )
        return try rows.map { .object(try Cases.members($0)) }
    }

    /// One case with its evidence, its history and what waits on it; throws `notFound`.
    public func find(_ id: Int64, within agencies: [String]? = nil) async throws -> JSON {
        try await database.read { tx in
            .object(try Cases.head(id, agencies, tx) + (try CaseFile.members(id, tx)))
        }
    }

    static func head(_ id: Int64, _ agencies: [String]?, _ tx: borrowing Transaction) throws -> [JSON.Member] {
        let sql = "\(select) where c.id = $1::bigint and ($2::text[] is null or c.agency_code = any($2))"
        guard let row = try tx.query(Query(trustedSQL: sql, binding: [id, agencies])).first else {
            throw ServiceError(.notFound, .none(.caseFile, id))
        }
        return try members(row)
    }

    private static let select = """
        select c.id, c.kind, case when c.state = 'open' and w.id is not null then 'awaiting_approval' else c.state end,
            c.account_number, c.agency_code, c.payment_request_id::text, c.notice_id, c.statement_line_id, c.amount,
            c.evidence, c.opened_at, c.ended_at, c.ended_by, c.action, c.note, c.assignee,
            coalesce(c.due_on, (c.opened_at at time zone 'Asia/Ho_Chi_Minh')::date + coalesce(k.due_days, 3)),
            case_held(c.id), coalesce(m.used, 0)
        from reconciliation_case c left join case_kind k on k.kind = c.kind left join case_money m on m.case_id = c.id
            left join case_proposal w on w.case_id = c.id and w.state = 'waiting'
        """

    private static func members(_ row: Row) throws -> [JSON.Member] {
        func number(_ column: Int) throws -> JSON { try row.get(column, as: Int64?.self).map { .integer($0) } ?? .null }
        func text(_ column: Int) throws -> JSON { .optional(try row.get(column, as: String?.self)) }
        let now = Instant.now()
        let opened = try row.get(10, as: Instant.self)
        let ended = try row.get(11, as: Instant?.self)
        let due = try row.get(16, as: Day.self)
        let (held, used) = (try row.get(17, as: Money.self), try row.get(18, as: Money.self))
        return [
            .init("id", try number(0)), .init("kind", try text(1)), .init("state", try text(2)),
            .init("amount", .money(try row.get(8))), .init("suspense_left", .money(held - used)),
            .init("account_number", try text(3)), .init("agency_code", try text(4)),
            .init("payment_request_id", try text(5)), .init("notice_id", try number(6)),
            .init("statement_line_id", try number(7)), .init("evidence", try row.get(9)),
            .init("opened_at", .text(opened)),
            .init("age_days", .integer(((ended ?? now).unixSeconds - opened.unixSeconds) / 86_400)),
            .init("assignee", try text(15)), .init("due_on", .text(due)),
            .init("is_overdue", .bool(ended == nil && due < now.day)),
            .init("ended_at", .optional(ended?.description)), .init("ended_by", try text(12)),
            .init("action", try text(13)), .init("note", try text(14)),
        ]
    }
}
