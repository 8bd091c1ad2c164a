import BankCallbacks
import Postgres
import Settlement
public import Values

extension CallbackReplay {
    /// Callbacks, latest first.
    ///
    /// The recorded ones include conflicting reports: the first report stands, and a case holds the other.
    ///
    /// - Parameters:
    ///   - outcome: an outcome, or the reason of a refusal.
    ///   - before: a number; those below it, for the next page.
    ///   - limit: 1 to 500; conflicts are not counted.
    public func list(
        _ place: Place,
        connection: String?,
        outcome: String?,
        before: Int64?,
        limit: Int
    ) async throws -> [JSON] {
        try Paging.check(limit)
        let known =
            place == .refused ? CallbackRefusal.Reason.allCases.map(\.rawValue) : NoticeOutcome.allCases.map(\.rawValue)
        if let outcome, !known.contains(outcome) {
            throw ServiceError(.invalidParameter, at: "outcome", .oneOf(known))
        }
        if place == .refused { return try await read(refused(connection, outcome, before, limit)) }
        if place == .conflict || outcome == NoticeOutcome.conflict.rawValue {
            return try await read(conflicts(connection, before: before, limit: limit))
        }
        let rows = try await read(recorded(connection, outcome, before, limit))
        guard outcome == nil else { return rows }
        // The conflicts of the time that this page covers; the last page includes all earlier ones.
        let until = before == nil ? nil : rows.first?["received_at"]?.string
        let since = rows.count < limit ? nil : rows.last?["received_at"]?.string
        let conflicts = try await read(conflicts(connection, since: since, until: until, limit: 500))
        func at(_ row: JSON) -> Instant {
            row["received_at"]?.string.flatMap { Instant($0) } ?? Instant(microseconds: 0)
        }
        return (rows + conflicts).sorted { at($0) > at($1) }
    }

    private func recorded(_ connection: String?, _ outcome: String?, _ before: Int64?, _ limit: Int) -> Query {
        """
        select 'recorded:' || b.id, c.name, b.received_at, b.outcome, b.provider_transaction_id, b.amount,
            b.payment_request_id::text
        from bank_notice b join connection c on c.id = b.connection_id
        where b.source = 'callback' and (\(connection)::text is null or c.name = \(connection))
            and (\(outcome)::text is null or b.outcome = \(outcome)) and b.id < \(before ?? .max)::bigint
        order by b.id desc limit \(limit)::integer
        """
    }

    private func refused(_ connection: String?, _ outcome: String?, _ before: Int64?, _ limit: Int) -> Query {
        """
        select 'refused:' || r.id, c.name, r.received_at, coalesce(r.replay_outcome, r.reason),
            r.field || ': ' || r.detail, null::bigint, null::text
        from refused_callback r join connection c on c.id = r.connection_id
        where (\(connection)::text is null or c.name = \(connection))
            and (\(outcome)::text is null or r.reason = \(outcome)) and r.id < \(before ?? .max)::bigint
        order by r.id desc limit \(limit)::integer
        """
    }

    private func conflicts(
        _ connection: String?,
        since: String? = nil,
        until: String? = nil,
        before: Int64? = nil,
        limit: Int
    ) -> Query {
        """
        select 'conflict:' || k.id, c.name, k.opened_at, 'conflict', coalesce(k.evidence ->> 'transaction_id', ''),
            k.amount, k.payment_request_id::text
        from reconciliation_case k join connection c on c.id = k.connection_id
        where k.kind = 'conflict' and (\(connection)::text is null or c.name = \(connection))
            and k.opened_at >= coalesce(\(since)::timestamptz, '-infinity')
            and k.opened_at <= coalesce(\(until)::timestamptz, 'infinity') and k.id < \(before ?? .max)::bigint
        order by k.id desc limit \(limit)::integer
        """
    }

    private func read(_ query: Query) async throws -> [JSON] {
        try await database.query(query).map { row in
            let (id, name, at, outcome, detail, amount, request) = try row.decode(
                String.self,
                String.self,
                Instant.self,
                String.self,
                String.self,
                Money?.self,
                String?.self
            )
            return [
                "id": .string(id), "connection": .string(name), "received_at": .text(at), "outcome": .string(outcome),
                "detail": .string(detail), "amount": amount.map { .money($0) } ?? .null,
                "payment_request_id": .optional(request),
            ]
        }
    }
}
