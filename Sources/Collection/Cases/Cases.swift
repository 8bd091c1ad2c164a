public import Postgres
public import Values

/// What did not fit and waits for a person.
public struct Cases: Sendable {
    private let database: Database

    public init(_ database: Database) { self.database = database }

    public static let kinds = [
        "underpaid", "overpaid", "late", "unknown_reference", "conflict", "amount_mismatch", "duplicate_line",
        "unmatched",
        "missing_at_bank", "statement_gap",
    ]
    public static let states = ["open", "resolved", "closed"]

    /// Cases, oldest first, as the API answers them.
    ///
    /// - Parameters:
    ///   - after: the id of the last case of the page before; 0 for the first page.
    ///   - limit: 1 to 500.
    public func list(kind: String?, state: String?, agencies: [String]?, after: Int64, limit: Int) async throws
        -> [JSON]
    {
        if let kind, !Cases.kinds.contains(kind) {
            throw ServiceError(
                .invalidParameter,
                at: "kind",
                "kind must be one of \(Cases.kinds.joined(separator: ", "))"
            )
        }
        if let state, !Cases.states.contains(state) {
            throw ServiceError(
                .invalidParameter,
                at: "state",
                "state must be one of \(Cases.states.joined(separator: ", "))"
            )
        }
        let rows = try await database.query(
            """
            select id, kind, state, account_number, agency_code, payment_request_id::text, notice_id, statement_line_id,
                amount, evidence, opened_at, ended_at, ended_by, action, note
            from reconciliation_case
            where (\(kind)::text is null or kind = \(kind)) and (\(state)::text is null or state = \(state))
                and (\(agencies)::text[] is null or agency_code = any(\(agencies)::text[]))
                and id > \(after)::bigint
            order by id limit \(max(1, min(limit, 500)))::integer
            """
        )
        return try rows.map(Cases.json)
    }

    public func find(_ id: Int64) async throws -> JSON {
        let rows = try await database.query(
            """
            select id, kind, state, account_number, agency_code, payment_request_id::text, notice_id, statement_line_id,
                amount, evidence, opened_at, ended_at, ended_by, action, note
            from reconciliation_case where id = \(id)::bigint
            """
        )
        guard let row = rows.first else { throw ServiceError(.notFound, "There is no case \(id).") }
        return try Cases.json(row)
    }

    /// Ends a case without moving money: it was looked at and needs nothing more.
    ///
    /// - Parameter action: `dismiss`.
    public func resolve(_ id: Int64, action: String, note: String, by: String) async throws -> JSON {
        guard action == "dismiss" else {
            throw ServiceError(.invalidBody, at: "/action", "action must be dismiss")
        }
        guard !note.isEmpty, note.count <= 2000 else {
            throw ServiceError(.invalidBody, at: "/note", "the note says why, in 1 to 2,000 characters")
        }
        let rows = try await database.query(
            """
            update reconciliation_case set state = 'resolved', ended_at = now(), ended_by = \(by), action = \(action),
                note = \(note)
            where id = \(id)::bigint and state = 'open' returning id
            """
        )
        if rows.isEmpty {
            _ = try await find(id)
            throw ServiceError(.conflict, "Case \(id) has ended already.")
        }
        return try await find(id)
    }

    private static func json(_ row: Row) throws -> JSON {
        let (
            id, kind, state, account, agency, request, notice, line, amount, evidence, openedAt, endedAt, endedBy,
            action, note
        ) =
            try row.decode(
                Int64.self,
                String.self,
                String.self,
                String?.self,
                String?.self,
                String?.self,
                Int64?.self,
                Int64?.self,
                Money.self,
                JSON.self,
                Instant.self,
                Instant?.self,
                String?.self,
                String?.self,
                String?.self
            )
        return [
            "id": .integer(id), "kind": .string(kind), "state": .string(state), "amount": .money(amount),
            "account_number": .optional(account), "agency_code": .optional(agency),
            "payment_request_id": .optional(request),
            "notice_id": notice.map { .integer($0) } ?? .null, "statement_line_id": line.map { .integer($0) } ?? .null,
            "evidence": evidence, "opened_at": .text(openedAt), "ended_at": .optional(endedAt?.description),
            "ended_by": .optional(endedBy), "action": .optional(action), "note": .optional(note),
        ]
    }
}
