import Collection
import Postgres
import TestSupport
import Testing
import Values

/// The deliverer of a database, run while the body does.
struct Delivering: Sendable {
    let services: Services
    let delivery: EventDelivery
    let clock: HandClock

    static func with(
        _ services: Services,
        _ sender: any EventSender,
        clock: HandClock = HandClock(),
        limits: EventDelivery.Limits = EventDelivery.Limits(),
        report: @escaping @Sendable (EventDelivery.Report) -> Void = { _ in },
        _ body: (Delivering) async throws -> Void
    ) async throws {
        let delivery = services.eventDelivery(sender, limits: limits, clock: { clock.now }, report: report)
        let run = Task { await delivery.run() }
        do {
            try await body(Delivering(services: services, delivery: delivery, clock: clock))
        } catch {
            delivery.stop()
            await run.value
            throw error
        }
        delivery.stop()
        await run.value
    }

    /// Wakes the deliverer and waits until it has nothing left to do at this hour.
    func drain() async throws {
        delivery.wake()
        try await until("nothing is due") {
            let now = clock.now
            return try await services.database.query(
                """
                select count(*) from event_delivery d join event_endpoint e on e.id = d.endpoint_id
                where d.state = 'pending' and (d.leased_until is not null or e.disabled_at is null
                    and d.next_attempt_at <= \(now)::timestamptz and not exists (
                        select 1 from event_delivery b where b.endpoint_id = d.endpoint_id and b.subject = d.subject
                            and b.event_id < d.event_id and b.state = 'pending'))
                """
            ).row().get(0, as: Int.self) == 0
        }
    }

    /// Lets time pass in steps, each long enough for a retry, until nothing waits.
    func drainOverTime(steps: Int = 200, seconds: Int64 = 7000) async throws {
        for _ in 0..<steps {
            try await drain()
            if try await delivery.pending() == 0 { return }
            clock.advance(seconds)
        }
        Issue.record("deliveries still wait")
    }
}
