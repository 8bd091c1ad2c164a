import Collection
import Foundation
import Synchronization
import TestSupport
import Testing
import Values

/// How the outbox is emptied: order, attempts, leases, and what becomes of an endpoint that fails.
@Suite struct EventDeliveryTests {
    @Test func `pauses between attempts grow to an hour and a half, with jitter`() {
        var generator = Seeded("retry schedule")
        for attempt in 1...400 {
            let plain: Int64 = min(5 << Int64(min(attempt - 1, 20)), 5400) * 1000
            for _ in 0..<20 {
                let pause = RetrySchedule.pauseMilliseconds(afterAttempts: attempt, using: &generator)
                #expect(((plain - plain / 4)...(plain + plain / 4)).contains(pause), "\(attempt)")
            }
        }
        let first = (0..<50).map { _ in RetrySchedule.pauseMilliseconds(afterAttempts: 1, using: &generator) }
        #expect(Set(first).count > 10 && first.min()! < 4700 && first.max()! > 5300)
    }

    @Test func `events arrive signed and are not sent again`() async throws {
        try await TestDatabase.withServices { services in
            let secret = try EventSecret(try await services.listen())
            let desk = try await Desk(services)
            let portal = Portal()
            try await Delivering.with(services, portal) { delivering in
                let request = try await desk.request()
                #expect(try await desk.settle("t1", 4000, request.reference) == .partial)
                #expect(try await desk.settle("t2", 6000, request.reference) == .settled)
                try await delivering.drain()
                delivering.clock.advance(86_400)
                try await delivering.drain()
                #expect(
                    try portal.received.compactMap { try $0.type }.sorted() == [
                        "case.opened", "payment_request.paid", "payment_request.partially_paid",
                    ]
                )
                for received in portal.received {
                    let timestamp = try #require(Int64(received.header("webhook-timestamp")))
                    #expect(abs(timestamp - Instant.now().unixSeconds) < 60)
                    let signature = secret.signature(id: received.id, timestamp: timestamp, body: received.message.body)
                    #expect(received.header("webhook-signature") == signature)
                }
                #expect(try await services.allEvents("delivered").count == 3)
                let endpoint = try await services.eventEndpoints.find("portal")
                #expect(endpoint.pending == 0 && endpoint.lastSuccessAt != nil)
            }
        }
    }

    @Test func `an endpoint whose certificate has expired is told of, and tried again`() async throws {
        try await TestDatabase.withServices { services in
            try await services.listen()
            let desk = try await Desk(services)
            let portal = Portal { _, number in number == 1 ? .expired : .answered(status: 200) }
            try await Delivering.with(services, portal) { delivering in
                #expect(try await desk.settle("t1", 500, nil) == .unknownReference)
                try await delivering.drain()
                let waiting = try await services.allEvents("pending")
                let told = try #require(waiting.first?.deliveries.first)
                #expect(told["last_error"]?["code"] == "endpoint_certificate_expired", "\(told)")
                delivering.clock.advance(86_400)
                try await delivering.drain()
                #expect(try await services.allEvents("delivered").count == 1)
            }
        }
    }

    @Test func `both secrets sign while one replaces the other`() async throws {
        try await TestDatabase.withServices { services in
            let old = try EventSecret(try await services.listen())
            let desk = try await Desk(services)
            let portal = Portal()
            try await Delivering.with(services, portal) { delivering in
                let rotated = try await services.eventEndpoints.rotate("portal", secret: nil, dropOld: false)
                let new = try EventSecret(try #require(rotated.secret))
                func next(_ transaction: String) async throws -> [String] {
                    #expect(try await desk.settle(transaction, 500, nil) == .unknownReference)
                    try await delivering.drain()
                    let last = try #require(portal.received.last)
                    let timestamp = try #require(Int64(last.header("webhook-timestamp")))
                    let expected = [new, old].map {
                        $0.signature(id: last.id, timestamp: timestamp, body: last.message.body)
                    }
                    let offered = last.header("webhook-signature").split(separator: " ").map(String.init)
                    #expect(offered == Array(expected.prefix(offered.count)))
                    return offered
                }
                #expect(try await next("t1").count == 2)
                delivering.clock.advance(EventEndpoints.overlapSeconds + 10)
                #expect(try await next("t2").count == 1)
            }
        }
    }

    @Test func `the events of a request arrive in order whatever fails`() async throws {
        try await TestDatabase.withServices { services in
            try await services.listen("one")
            try await services.listen("two", types: [.requestPartiallyPaid, .requestPaid])
            let desk = try await Desk(services)
            let chances = Mutex(Seeded("failing portal"))
            let arrived = Mutex<[String]>([])
            let portal = Portal { received, _ in
                if chances.withLock({ $0.chance(40) }) { return .unreachable("the line is down") }
                arrived.withLock { $0.append(received.id) }
                return .answered(status: 204)
            }
            for index in 0..<12 {
                let request = try await desk.request()
                for (part, amount) in [3000, 3000, 4000].enumerated() {
                    _ = try await desk.settle("t\(index)-\(part)", Int64(amount), request.reference)
                }
            }
            // Six days at once would kill them all: the steps are as long as the pauses at their beginning.
            try await Delivering.with(services, portal) { try await $0.drainOverTime(seconds: 700) }
            let events = try await services.allEvents()
            #expect(events.count == 12 * 4)
            #expect(try await services.allEvents("dead").isEmpty)
            let order = arrived.withLock { $0 }
            for (_, ofSubject) in Dictionary(grouping: events, by: \.subject) {
                let ids = ofSubject.map(\.webhookID)
                let firsts = ids.compactMap { order.firstIndex(of: $0) }
                #expect(firsts == firsts.sorted() && firsts.count == ids.count)
                // Each endpoint has it once, and nothing of a later one before both of an earlier one's own.
                for event in ofSubject {
                    #expect(order.filter { $0 == event.webhookID }.count == event.deliveries.count)
                }
            }
        }
    }

    @Test func `an event waits only for earlier events of its own request`() async throws {
        try await TestDatabase.withServices { services in
            try await services.listen("portal", types: [.requestPartiallyPaid, .requestPaid])
            let desk = try await Desk(services)
            let (held, other) = (try await desk.request(), try await desk.request())
            #expect(try await desk.settle("t1", 4000, held.reference) == .partial)
            #expect(try await desk.settle("t2", 6000, held.reference) == .settled)
            #expect(try await desk.settle("t3", 10_000, other.reference) == .settled)
            let portal = Portal { received, _ in
                let isFirst = (try? received.type) == "payment_request.partially_paid"
                return .answered(status: isFirst ? 500 : 200)
            }
            try await Delivering.with(services, portal) { delivering in
                try await delivering.drain()
                #expect(portal.received.count == 2)
                #expect(
                    try await services.allEvents().map { $0.deliveries[0]["state"] } == [
                        "pending", "pending", "delivered",
                    ]
                )
                portal.answers(200)
                delivering.clock.advance(10)
                try await delivering.drain()
                #expect(
                    try portal.received.suffix(2).compactMap { try $0.type } == [
                        "payment_request.partially_paid", "payment_request.paid",
                    ]
                )
            }
        }
    }

    @Test func `another server takes over when a lease runs out`() async throws {
        try await TestDatabase.withServices { services in
            try await services.listen()
            let desk = try await Desk(services)
            #expect(try await desk.settle("t1", 500, nil) == .unknownReference)
            let clock = HandClock()
            let (release, releaser) = AsyncStream.makeStream(of: Void.self)
            let hung = Portal { _, _ in
                for await _ in release { break }
                return .unreachable("too late to matter")
            }
            let portal = Portal()
            try await Delivering.with(services, hung, clock: clock) { first in
                first.delivery.wake()
                try await until("the first server sends") { hung.received.count == 1 }
                try await Delivering.with(services, portal, clock: clock) { second in
                    second.delivery.wake()
                    clock.advance(20)
                    second.delivery.wake()
                    try await Task.sleep(for: .milliseconds(50))
                    #expect(portal.received.isEmpty)
                    clock.advance(11)
                    second.delivery.wake()
                    try await until("the second server sends") { portal.received.count == 1 }
                    try await second.drain()
                }
                #expect(portal.received[0].id == hung.received[0].id)
                #expect(portal.received[0].message.body == hung.received[0].message.body)
                releaser.finish()
            }
            let event = try #require(try await services.allEvents().first)
            #expect(event.deliveries[0]["state"] == "delivered" && event.deliveries[0]["attempts"] == 2)
        }
    }

    @Test func `a delivery begun by a server that stops is left to another`() async throws {
        try await TestDatabase.withServices { services in
            try await services.listen()
            let desk = try await Desk(services)
            #expect(try await desk.settle("t1", 500, nil) == .unknownReference)
            let hung = Portal { _, _ in
                do { try await Task.sleep(for: .seconds(60)) } catch { return .unreachable("cancelled") }
                return .answered(status: 200)
            }
            var limits = EventDelivery.Limits()
            limits.stopGrace = .milliseconds(20)
            let clock = HandClock()
            try await Delivering.with(services, hung, clock: clock, limits: limits) { delivering in
                delivering.delivery.wake()
                try await until("it sends") { hung.received.count == 1 }
            }
            let event = try #require(try await services.allEvents().first)
            #expect(event.deliveries[0]["attempts"] == 0 && event.deliveries[0]["last_error"] == .null)
            let portal = Portal()
            try await Delivering.with(services, portal, clock: clock) { try await $0.drain() }
            #expect(portal.received.count == 1)
        }
    }
}
