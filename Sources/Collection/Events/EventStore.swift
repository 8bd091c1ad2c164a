public import Postgres
import Values

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// Events and the state of their deliveries.
public struct EventStore: Sendable {
    private let database: Database

    public init(_ database: Database) { self.database = database }

    public static let states = ["pending", "delivered", "dead"]

    /// What a caller may see.
    public struct Scope: Sendable {
        /// Only events of these agencies; `nil` for all.
        public var agencies: [String]?
        /// Only events about requests of this portal, and their deliveries to its own endpoints; `nil` for all.
        public var holder: UUID?

        public init(agencies: [String]? = nil, holder: UUID? = nil) {
            self.agencies = agencies
            self.holder = holder
        }
    }

    /// Which events are asked for.
    public struct Filter: Sendable {
        /// Only events with a delivery in this state.
        public var state: String?
        /// `request:<uuid>` or `case:<id>`.
        public var subject: String?
        /// Whose events are shown.
        public var scope: Scope

        public init(state: String? = nil, subject: String? = nil, scope: Scope = Scope()) {
            self.state = state
            self.subject = subject
            self.scope = scope
        }
    }

    /// The columns of ``event(_:)``, and what is seen at all: $1 are the agencies, $2 the holder.
    private static let columns = """
        e.id, e.type, e.subject, e.created_at, e.body, (
            select coalesce(json_agg(json_build_object('endpoint', p.name, 'state', d.state, 'attempts', d.attempts,
                'next_attempt_at', case when d.state = 'pending' then event_time(d.next_attempt_at) end,
                'last_error', d.last_error, 'delivered_at', event_time(d.delivered_at)) order by p.name), '[]')
            from event_delivery d join event_endpoint p on p.id = d.endpoint_id where d.event_id = e.id
                and ($2::uuid is null or p.holder_id = $2))
        """
    private static let isSeen = """
        ($1::text[] is null or e.agency_code = any ($1::text[])) and ($2::uuid is null or e.holder_id = $2)
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
            where \(EventStore.isSeen)
                and ($3::text is null or e.id in (
                    select d.event_id from event_delivery d join event_endpoint p on p.id = d.endpoint_id
                    where d.state = $3 and ($2::uuid is null or p.holder_id = $2)))
                and ($4::text is null or e.subject = $4)
                and ($5::bigint is null or e.id \(newestFirst ? "<" : ">") $5::bigint)
            order by e.id \(newestFirst ? "desc" : "") limit $6::integer
            """
        return try await database.query(
            Query(
                trustedSQL: sql,
                binding: [
                    filter.scope.agencies, filter.scope.holder, filter.state, filter.subject, after,
                    try Paging.check(limit),
                ]
            )
        ).map(EventStore.event)
    }

    /// One event, if the caller may see it.
    public func find(_ id: Int64, within scope: Scope = Scope()) async throws -> Event {
        let sql = "select \(EventStore.columns) from event e where \(EventStore.isSeen) and e.id = $3::bigint"
        let query = Query(trustedSQL: sql, binding: [scope.agencies, scope.holder, id])
        guard let row = try await database.query(query).first else {
            throw ServiceError(.notFound, .none(.event, id))
        }
        return try EventStore.event(row)
    }

    /// Sends an event again, whatever its state: at once, and with retries for three days.
    ///
    /// - Parameter endpoint: the endpoint to send it to; `nil` for all endpoints that the event was written for. An
    ///   administrator may name one that did not subscribe to it; a portal may name its own, for what it subscribed to.
    public func redeliver(
        _ id: Int64,
        endpoint: String? = nil,
        within scope: Scope = Scope(),
        by actor: Person
    ) async throws -> Event {
        let event = try await find(id, within: scope)
        let isFound = try await database.transaction { tx in
            if let endpoint {
                let known = try tx.query(
                    """
                    select id from event_endpoint where name = \(endpoint) and (\(scope.holder)::uuid is null
                        or holder_id = \(scope.holder)::uuid and (types is null or \(event.type) = any (types)))
                    """
                )
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
            guard try EventStore.renew(tx, id: id, endpoint: endpoint, of: scope.holder) > 0 else { return false }
            try Audit.record(tx, actor, "event.redeliver", "event:\(id)", ["endpoint": .optional(endpoint)])
            return true
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
        return try await find(id, within: scope)
    }

    /// Requeues dead events; returns how many deliveries.
    public func redeliverDead(endpoint: String? = nil, by actor: Person) async throws -> Int {
        try await database.transaction { tx in
            if let endpoint, try tx.query("select 1 from event_endpoint where name = \(endpoint)").isEmpty {
                throw EventEndpoints.unknown(endpoint)
            }
            let count = try EventStore.renew(tx, id: nil, endpoint: endpoint, of: nil)
            let detail: JSON = ["endpoint": .optional(endpoint), "deliveries": .integer(count)]
            try Audit.record(tx, actor, "event.redeliver_dead", "event", detail)
            return count
        }
    }

    /// Makes the deliveries of one event, or all dead ones, due. A delivery under way is left alone.
    private static func renew(_ tx: borrowing Transaction, id: Int64?, endpoint: String?, of holder: UUID?) throws
        -> Int
    {
        let count = try tx.query(
            """
            update event_delivery d set state = 'pending', delivered_at = null, next_attempt_at = now(),
                give_up_at = now() + interval '3 days',
                attempts = case when d.leased_until > now() then d.attempts else 0 end
            from event_endpoint p
            where p.id = d.endpoint_id and (\(endpoint)::text is null or p.name = \(endpoint))
                and (\(holder)::uuid is null or p.holder_id = \(holder)::uuid)
                and (d.event_id = \(id)::bigint or \(id)::bigint is null and d.state = 'dead')
            """
        ).affected
        try tx.query("select pg_notify('khop_events', '')")
        return count
    }
}
