import Collection
import Foundation
import Postgres
import Synchronization
import TestSupport
import Testing
import Values

/// A portal's end of the line: keeps what it is sent and answers as it is told.
final class Portal: EventSender {
    struct Received: Sendable {
        let message: EventMessage

        func header(_ name: String) -> String { message.headers.first { $0.name == name }?.value ?? "" }
        var id: String { header("webhook-id") }
        var json: JSON { get throws { try JSON.parse(message.body) } }
        var type: String? { get throws { try json["type"]?.string } }
        var data: JSON { get throws { try json["data"] ?? .null } }
    }

    typealias Answer = @Sendable (_ received: Received, _ number: Int) async -> EventAnswer

    private let state: Mutex<(received: [Received], answer: Answer)>

    init(_ answer: @escaping Answer = { _, _ in .answered(status: 200, excerpt: "") }) { state = Mutex(([], answer)) }

    var received: [Received] { state.withLock { $0.received } }

    func answers(_ answer: @escaping Answer) { state.withLock { $0.answer = answer } }

    /// Answers always with this status.
    func answers(_ status: Int) { answers { _, _ in .answered(status: status, excerpt: "told so") } }

    func send(_ message: EventMessage) async -> EventAnswer {
        let received = Received(message: message)
        let (answer, number) = state.withLock { state in
            state.received.append(received)
            return (state.answer, state.received.count)
        }
        return await answer(received, number)
    }
}

/// A clock that is set by hand. It begins two minutes ahead of the database, so that what is written meanwhile is due
/// however long a busy machine takes.
final class HandClock: Sendable {
    private let time = Mutex(Instant.now().adding(seconds: 120))

    var now: Instant { time.withLock { $0 } }
    func advance(_ seconds: Int64) { time.withLock { $0 = $0.adding(seconds: seconds) } }
}

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

extension Services {
    /// Adds an endpoint at an address where nothing listens; the tests' senders do not look at it.
    @discardableResult
    func listen(_ name: String = "portal", types: [EventType]? = nil) async throws -> String {
        try #require(
            try await eventEndpoints.add(
                name: name,
                url: "http://127.0.0.1:9/events",
                types: types?.map(\.rawValue),
                secret: nil
            ).secret
        )
    }

    func allEvents(_ state: String? = nil) async throws -> [Event] {
        try await events.list(EventStore.Filter(state: state), limit: 500)
    }
}
