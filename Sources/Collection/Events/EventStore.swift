public import Postgres
import Values

/// Events and the state of their deliveries.
public struct EventStore: Sendable {
    private let database: Database

    public init(_ database: Database) { self.database = database }

    public static let states = ["pending", "delivered", "dead"]

    /// Which events are asked for.
    public struct Filter: Sendable {
        /// Only events with a delivery in this state.
        public var state: String?
        /// `request:<uuid>` or `case:<id>`.
        public var subject: String?
        /// Only those of these agencies; `nil` for all.
        public var agencies: [String]?

        public init(state: String? = nil, subject: String? = nil, agencies: [String]? = nil) {
            self.state = state
            self.subject = subject
            self.agencies = agencies
        }
    }

    private static let columns = """
        e.id, e.type, e.subject, e.created_at, e.body, (
            select coalesce(json_agg(json_build_object('endpoint', p.name, 'state', d.state, 'attempts', d.attempts,
                'next_attempt_at', case when d.state = 'pending' then event_time(d.next_attempt_at) end,
                'last_error', d.last_error, 'delivered_at', event_time(d.delivered_at)) order by p.name), '[]')
            from event_delivery d join event_endpoint p on p.id = d.endpoint_id where d.event_id = e.id)
        """

    private static func event(_ row: Row) throws -> Event {
        let (id, type, subject, createdAt, body, deliveries) = try row.decode(
            Int64.self,
            String.self,
            String.self,
            Instant.self,
            JSON.self,
            JSON.self
        )
        return Event(
            id: id,
            type: type,
            subject: subject,
            createdAt: createdAt,
            body: body,
            deliveries: deliveries.array ?? []
        )
    }

    /// Events in the order of their ids.
    ///
    /// - Parameters:
    ///   - after: the id of the last event of the page before; `nil` for the first page.
    ///   - newestFirst: backwards; `after` is then the smallest id seen.
    ///   - limit: 1 to 500.
    public func list(_ filter: Filter, after: Int64? = nil, newestFirst: Bool = false, limit: Int) async throws
        -> [Event]
    {
        if let state = filter.state, !EventStore.states.contains(state) {
            throw ServiceError(
                .invalidParameter,
                at: "state",
                .oneOf(EventStore.states)
            )
        }
        let sql = """
            select \(EventStore.columns) from event e
            where ($1::text is null or e.id in (select d.event_id from event_delivery d where d.state = $1))
                and ($2::text is null or e.subject = $2)
                and ($3::text[] is null or e.agency_code = any ($3::text[]))
                and ($4::bigint is null or e.id \(newestFirst ? "<" : ">") $4::bigint)
            order by e.id \(newestFirst ? "desc" : "") limit $5::integer
            """
        return try await database.query(
            Query(
                trustedSQL: sql,
                binding: [filter.state, filter.subject, filter.agencies, after, try Paging.check(limit)]
            )
        ).map(EventStore.event)
    }

    /// One event.
    ///
    /// - Parameter agencies: the caller's; `nil` for all.
    public func find(_ id: Int64, agencies: [String]? = nil) async throws -> Event {
        let sql = """
            select \(EventStore.columns) from event e
            where e.id = $1::bigint and ($2::text[] is null or e.agency_code = any ($2::text[]))
            """
        guard let row = try await database.query(Query(trustedSQL: sql, binding: [id, agencies])).first else {
            throw ServiceError(.notFound, .none(.event, id))
        }
        return try EventStore.event(row)
    }

    /// Sends an event again, whatever its state: at once, and with retries for three days.
    ///
    /// - Parameter endpoint: the endpoint to send it to, even if it did not subscribe to it; `nil` for all endpoints
    ///   that the event was written for.
    public func redeliver(_ id: Int64, endpoint: String? = nil, agencies: [String]? = nil) async throws -> Event {
        _ = try await find(id, agencies: agencies)
        let isFound = try await database.transaction { tx in
            if let endpoint {
                let known = try tx.query("select id from event_endpoint where name = \(endpoint)")
                guard let endpointID = try known.first?.get(0, as: Int32.self) else {
                    throw EventEndpoints.unknown(endpoint)
                }
                try tx.query(
                    """
                    insert into event_delivery (event_id, endpoint_id, subject, next_attempt_at, give_up_at)
                    select id, \(endpointID)::integer, subject, now(), now() from event where id = \(id)
                    on conflict on constraint event_delivery_pkey do nothing
                    """
                )
            }
            return try EventStore.renew(tx, id: id, endpoint: endpoint) > 0
        }
        guard isFound else {
            throw ServiceError(
                .conflict,
                Phrase(
                    vi: "Không còn điểm nhận nào để gửi sự kiện \(id); hãy nêu một điểm nhận đang có.",
                    en: "No endpoint is left to send event \(id) to; name an existing one."
                )
            )
        }
        return try await find(id, agencies: agencies)
    }

    /// Requeues dead events; returns how many deliveries.
    public func redeliverDead(endpoint: String? = nil) async throws -> Int {
        try await database.transaction { tx in
            if let endpoint, try tx.query("select 1 from event_endpoint where name = \(endpoint)").isEmpty {
                throw EventEndpoints.unknown(endpoint)
            }
            return try EventStore.renew(tx, id: nil, endpoint: endpoint)
        }
    }

    /// Makes the deliveries of one event, or all dead ones, due. A delivery under way is left alone.
    private static func renew(_ tx: borrowing Transaction, id: Int64?, endpoint: String?) throws -> Int {
        let count = try tx.query(
            """
            update event_delivery d set state = 'pending', delivered_at = null, next_attempt_at = now(),
                give_up_at = now() + interval '3 days',
                attempts = case when d.leased_until > now() then d.attempts else 0 end
            from event_endpoint p
            where p.id = d.endpoint_id and (\(endpoint)::text is null or p.name = \(endpoint))
                and (d.event_id = \(id)::bigint or \(id)::bigint is null and d.state = 'dead')
            """
        ).affected
        try tx.query("select pg_notify('khop_events', '')")
        return count
    }
}
