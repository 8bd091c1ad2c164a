import Postgres
import Values
import Workflow

/// The deliveries in the database: each call is one short transaction, and no transaction is open while anything is
/// sent.
struct EventQueue: Sendable {
    let database: Database
    let limits: EventDelivery.Limits
    /// The time, for tests; `nil` for the database's, which all servers share.
    let clock: (@Sendable () -> Instant)?

    private var time: Instant? { clock?() }

    /// Claims what is due, up to the capacity of each endpoint; later events of a subject wait for earlier ones.
    /// Several servers may claim at once.
    ///
    /// - Parameter busy: how many attempts are under way, by endpoint.
    func claim(busy: [Int32: Int]) async throws -> [ClaimedDelivery] {
        let (ids, counts) = (busy.map { $0.key }, busy.map { $0.value })
        return try await database.query(
            """
            with moment as (select coalesce(\(time)::timestamptz, now()) as at),
            room as materialized (
                select e.*, greatest(0, case when e.consecutive_failures >= \(limits.probingAfter)::integer then 1
                    else \(limits.atOncePerEndpoint)::integer end - coalesce(b.count, 0)) as free
                from event_endpoint e left join unnest(\(ids)::integer[], \(counts)::integer[]) as b (id, count) using (id)
                where e.disabled_at is null
            ),
            due as materialized (
                select d.event_id, d.endpoint_id
                from moment, room r cross join lateral (
                    select d.event_id, d.endpoint_id from event_delivery d
                    where d.endpoint_id = r.id and d.state = 'pending' and d.next_attempt_at <= moment.at
                        and (d.leased_until is null or d.leased_until <= moment.at)
                        -- One look-up each, whatever the planner thinks of an empty table, instead of a join over
                        -- everything that waits.
                        and d.event_id = (select min(first.event_id) from event_delivery first
                            where first.endpoint_id = d.endpoint_id and first.subject = d.subject
                                and first.state = 'pending')
                    order by d.next_attempt_at, d.event_id
                    limit r.free
                    for update skip locked
                ) d
            ),
            claimed as (
                update event_delivery d set attempts = d.attempts + 1,
                    leased_until = (select at from moment) + \(limits.leaseSeconds)::bigint * interval '1 second'
                from due where d.event_id = due.event_id and d.endpoint_id = due.endpoint_id
                returning d.event_id, d.endpoint_id, d.attempts
            )
            select c.event_id, c.endpoint_id, r.name, r.url, c.attempts, e.body, r.sealed, e.type, e.subject,
                case when r.previous_until > (select at from moment) then r.previous_sealed end
            from claimed c join room r on r.id = c.endpoint_id join event e on e.id = c.event_id
            order by c.event_id
            """
        ).map { row in
            let (eventID, endpointID, endpoint, url, attempt, body, sealed, type, subject, previous) = try row.decode(
                Int64.self,
                Int32.self,
                String.self,
                String.self,
                Int.self,
                String.self,
                Bytes.self,
                String.self,
                String.self,
                Bytes?.self
            )
            return ClaimedDelivery(
                eventID: eventID,
                type: type,
                subject: subject,
                endpointID: endpointID,
                endpoint: endpoint,
                url: url,
                attempt: attempt,
                body: body,
                sealed: sealed,
                previousSealed: previous
            )
        }
    }

    /// Records the results of attempts and updates the health of their endpoints; returns the names of the endpoints
    /// that were disabled.
    ///
    /// - Parameter results: in the order in which they arrived.
    func record(_ results: [DeliveryResult]) async throws -> [String] {
        guard !results.isEmpty else { return [] }
        let time = time
        return try await database.transaction { tx in
            try tx.query(
                """
                with moment as (select coalesce(\(time)::timestamptz, now()) as at)
                update event_delivery d set
                    state = case when r.outcome = 'delivered' then 'delivered'
                        when r.outcome = 'failed' and moment.at >= d.give_up_at then 'dead' else 'pending' end,
                    delivered_at = case when r.outcome = 'delivered' then moment.at end,
                    attempts = d.attempts - case when r.outcome = 'interrupted' then 1 else 0 end,
                    leased_until = null,
                    last_error = case when r.outcome = 'interrupted' then d.last_error else r.error::jsonb end,
                    next_attempt_at = case when r.outcome in ('failed', 'gone')
                        -- The last attempt is made when its time is up, not long before.
                        then least(moment.at + r.pause * interval '1 millisecond', greatest(d.give_up_at, moment.at))
                        else d.next_attempt_at end
                from moment, unnest(\(results.map(\.eventID))::bigint[], \(results.map(\.endpointID))::integer[],
                    \(results.map(\.attempt))::integer[], \(results.map(\.outcome.rawValue))::text[],
                    \(results.map { $0.error?.json.serialized })::text[], \(results.map(\.pauseMilliseconds))::bigint[])
                    as r (event_id, endpoint_id, attempt, outcome, error, pause)
                where d.event_id = r.event_id and d.endpoint_id = r.endpoint_id and d.attempts = r.attempt
                    and d.state = 'pending'
                """
            )
            let health = EndpointHealth.summaries(results)
            let ended = try tx.query(
                """
                with moment as (select coalesce(\(time)::timestamptz, now()) as at),
                judged as (
                    select e.id, e.name, h.succeeded, h.gone,
                        case when h.succeeded then h.failures else e.consecutive_failures + h.failures end as failures,
                        case when h.succeeded or e.failing_since is null then moment.at else e.failing_since end as since
                    from event_endpoint e, moment, unnest(\(health.map(\.id))::integer[],
                        \(health.map(\.succeeded))::boolean[], \(health.map(\.failures))::integer[],
                        \(health.map(\.isGone))::boolean[]) as h (id, succeeded, failures, gone)
                    where e.id = h.id
                ),
                ended as (
                    select j.*, case
                        when j.gone then jsonb_build_object('code', \(Reason.Code.endpointGone.rawValue)::text,
                            'values', jsonb_build_object('name', j.name))
                        when j.failures >= \(limits.disableAfterFailures)::integer
                            and j.since <= moment.at - \(limits.disableAfterSeconds)::bigint * interval '1 second'
                            then jsonb_build_object('code', \(Reason.Code.endpointFailing.rawValue)::text,
                                'values', jsonb_build_object('name', j.name, 'count', j.failures, 'at', event_time(j.since)))
                        end as reason
                    from judged j, moment
                )
                update event_endpoint e set consecutive_failures = n.failures,
                    failing_since = case when n.failures > 0 then n.since end,
                    last_success_at = case when n.succeeded then moment.at else e.last_success_at end,
                    disabled_at = coalesce(e.disabled_at, case when n.reason is not null then moment.at end),
                    disabled_reason = coalesce(e.disabled_reason, n.reason)
                from ended n, moment
                -- Repeated successes are not worth a write each time.
                where e.id = n.id and (n.failures > 0 or e.consecutive_failures > 0 or n.reason is not null
                    or e.last_success_at is null or e.last_success_at < moment.at - interval '10 seconds')
                returning case when n.reason is not null and e.disabled_at = moment.at then e.name end
                """
            ).compactMap { try $0.get(0, as: String?.self) }
            for name in ended {
                try Audit.record(tx, .system, "event_endpoint.disable", EventEndpoints.subject(name))
            }
            return ended
        }
    }

    /// How many deliveries wait.
    func pending() async throws -> Int {
        try await database.query("select count(*) from event_delivery where state = 'pending'").row().get(0)
    }

    /// Gives up overdue deliveries of disabled endpoints, and deletes up to 1,000 old events per call.
    func tidy() async throws {
        let time = time
        _ = try await database.query(
            """
            update event_delivery d set state = 'dead', leased_until = null,
                last_error = coalesce(d.last_error, jsonb_build_object('code', \(Reason.Code.endpointDisabled.rawValue)::text,
                    'values', jsonb_build_object('name', e.name)))
            from event_endpoint e
            where e.id = d.endpoint_id and e.disabled_at is not null and d.state = 'pending'
                and d.give_up_at <= coalesce(\(time)::timestamptz, now())
            """
        )
        _ = try await database.query(
            """
            with old as (
                delete from event where id in (
                    select o.id from (select id, created_at from event order by id limit 1000) o
                    where o.created_at < coalesce(\(time)::timestamptz, now()) - \(limits.keptDays)::integer * interval '1 day'
                        and not exists (select 1 from event_delivery d where d.event_id = o.id and d.state = 'pending'))
                returning id
            )
            delete from event_delivery d using old where d.event_id = old.id
            """
        )
    }
}

/// What a batch of results says about an endpoint.
private struct EndpointHealth {
    let id: Int32
    var succeeded = false
    /// Failures since the last success in the batch, or all.
    var failures = 0
    var isGone = false

    /// One for each endpoint, in the order of their ids, in which all servers lock them.
    static func summaries(_ results: [DeliveryResult]) -> [EndpointHealth] {
        var found: [Int32: EndpointHealth] = [:]
        for result in results {
            var health = found[result.endpointID] ?? EndpointHealth(id: result.endpointID)
            switch result.outcome {
            case .delivered:
                health.succeeded = true
                health.failures = 0
            case .failed: health.failures += 1
            case .gone:
                health.failures += 1
                health.isGone = true
            case .interrupted: break
            }
            found[result.endpointID] = health
        }
        return found.values.sorted { $0.id < $1.id }
    }
}
