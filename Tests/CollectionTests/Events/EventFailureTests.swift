import Collection
import Foundation
import Synchronization
import TestSupport
import Testing
import Values
import Workflow

/// Endpoints that fail for long, and telling them again.
@Suite struct EventFailureTests {
    /// Opens so many cases, through a connection of that name.
    private func opened(_ services: Services, _ count: Int, _ name: String = "bank") async throws {
        let desk = try await Desk(services, name: name)
        for index in 0..<count { _ = try await desk.settle("\(name)\(index)", 500, nil) }
    }

    @Test func `an event is given up after three days, and the next one is sent`() async throws {
        try await TestDatabase.withServices { services in
            try await services.listen("portal", types: [.requestPartiallyPaid, .requestPaid])
            let desk = try await Desk(services)
            let request = try await desk.request()
            _ = try await desk.settle("t1", 4000, request.reference)
            _ = try await desk.settle("t2", 6000, request.reference)
            let attempts = Mutex<[Instant]>([])
            let clock = HandClock()
            let portal = Portal { received, _ in
                guard (try? received.type) == "payment_request.partially_paid" else {
                    return .answered(status: 200)
                }
                attempts.withLock { $0.append(clock.now) }
                return .answered(status: 503)
            }
            var limits = EventDelivery.Limits()
            limits.disableAfterFailures = 1_000_000
            try await Delivering.with(services, portal, clock: clock, limits: limits) { delivering in
                for _ in 0..<90 where try await delivering.delivery.pending() > 0 {
                    try await delivering.drain()
                    clock.advance(3000)
                }
            }
            let times = attempts.withLock { $0 }
            let first = try #require(times.first)
            let last = try #require(times.last)
            #expect(times.count > 40)
            #expect((259_200...263_000).contains(last.unixSeconds - first.unixSeconds))
            let events = try await services.allEvents()
            #expect(events.map { $0.deliveries[0]["state"] } == ["dead", "delivered"])
            #expect(events[0].deliveries(in: .english)[0]["last_error"] == "The endpoint portal answered HTTP 503.")
            #expect(try await services.allEvents("dead").map(\.id) == [events[0].id])

            // Told again by command: one, or all that are dead.
            portal.answers(200)
            #expect(try await services.events.redeliverDead(endpoint: "portal") == 1)
            #expect(try await services.events.redeliverDead() == 0)
            try await Delivering.with(services, portal, clock: clock) { delivering in
                try await delivering.drain()
                #expect(try await services.allEvents("delivered").count == 2)
                let before = portal.received.count
                let again = try await services.events.redeliver(events[1].id)
                #expect(again.deliveries[0]["state"] == "pending")
                try await delivering.drain()
                #expect(portal.received.count == before + 1)
                #expect(portal.received.last?.id == events[1].webhookID)

                // An endpoint that was added later can be told of what came before it.
                try await services.listen("later")
                _ = try await services.events.redeliver(events[1].id, endpoint: "later")
                try await delivering.drain()
                #expect(portal.received.count == before + 2)
                #expect(try await services.events.find(events[1].id).deliveries.count == 2)
            }
            let unknown = await #expect(throws: ServiceError.self) {
                _ = try await services.events.redeliver(events[1].id, endpoint: "nobody")
            }
            #expect(unknown?.code == .notFound)
            let missing = await #expect(throws: ServiceError.self) { _ = try await services.events.redeliver(999) }
            #expect(missing?.code == .notFound)
            for name in ["portal", "later"] { try await services.eventEndpoints.remove(name) }
            let nobody = await #expect(throws: ServiceError.self) {
                _ = try await services.events.redeliver(events[1].id)
            }
            #expect(nobody?.code == .conflict)
        }
    }

    @Test func `an endpoint that keeps failing is disabled until someone enables it`() async throws {
        try await TestDatabase.withServices { services in
            try await services.listen()
            try await opened(services, 3)
            let portal = Portal { _, _ in .unreachable("nobody answers") }
            var limits = EventDelivery.Limits()
            limits.disableAfterFailures = 5
            let disabled = Mutex<[String]>([])
            let clock = HandClock()
            try await Delivering.with(
                services,
                portal,
                clock: clock,
                limits: limits,
                report: { if case .disabled(let name) = $0 { disabled.withLock { $0.append(name) } } }
            ) { delivering in
                // Many failures at once are no reason yet: a portal may be down for an afternoon.
                for _ in 0..<4 {
                    try await delivering.drain()
                    clock.advance(3600)
                }
                var endpoint = try await services.eventEndpoints.find("portal")
                #expect(endpoint.consecutiveFailures >= 5 && endpoint.disabledAt == nil)
                clock.advance(86_400)
                delivering.delivery.wake()
                try await until("it is disabled") { disabled.withLock { $0 } == ["portal"] }
                endpoint = try await services.eventEndpoints.find("portal")
                #expect(endpoint.disabledReason?.code == .endpointFailing && endpoint.pending == 3)

                // Sent nothing more, while what happens is kept for it.
                portal.answers(200)
                let count = portal.received.count
                clock.advance(7000)
                try await opened(services, 1, "second")
                try await delivering.drain()
                #expect(portal.received.count == count)
                endpoint = try await services.eventEndpoints.enable("portal")
                #expect(endpoint.disabledAt == nil && endpoint.pending == 4)
                try await delivering.drain()
                #expect(portal.received.count == count + 4)
                #expect(try await services.eventEndpoints.find("portal").consecutiveFailures == 0)
            }
        }
    }

    @Test func `an endpoint that answers 410 is disabled at once`() async throws {
        try await TestDatabase.withServices { services in
            try await services.listen()
            try await opened(services, 1)
            let portal = Portal()
            portal.answers(410)
            try await Delivering.with(services, portal) { delivering in
                delivering.delivery.wake()
                try await until("it is disabled") {
                    try await services.eventEndpoints.find("portal").disabledAt != nil
                }
                #expect(try await services.eventEndpoints.find("portal").disabledReason == .endpointGone("portal"))
                #expect(try await services.allEvents("pending").count == 1)
                // Given up for an endpoint that does not come back; and forgotten in the end.
                delivering.clock.advance(3 * 86_400 + 60)
                try await delivering.delivery.tidy()
                #expect(try await services.allEvents("dead").count == 1)
                delivering.clock.advance(90 * 86_400)
                try await delivering.delivery.tidy()
                #expect(try await services.allEvents().isEmpty)
            }
            #expect(portal.received.count == 1)
        }
    }

    @Test func `a failing endpoint is probed by one attempt at a time`() async throws {
        try await TestDatabase.withServices { services in
            try await services.listen()
            try await opened(services, 30)
            let now = Mutex(0)
            let most = Mutex(0)
            let isUp = Mutex(false)
            // While several are expected at once, an attempt is not answered before another one is under way.
            let awaitsCompany = Mutex(true)
            let portal = Portal { _, _ in
                let count = now.withLock { now in
                    now += 1
                    return now
                }
                most.withLock { $0 = max($0, count) }
                do {
                    try await until("a second attempt") {
                        awaitsCompany.withLock { !$0 } || most.withLock { $0 > 1 }
                    }
                } catch { Issue.record(error) }
                now.withLock { $0 -= 1 }
                // The attempt that finds the endpoint up again was alone.
                if isUp.withLock({ $0 }) { awaitsCompany.withLock { $0 = true } }
                return isUp.withLock { $0 } ? .answered(status: 200) : .unreachable("down")
            }
            try await Delivering.with(services, portal) { delivering in
                try await delivering.drain()
                #expect((2...8).contains(most.withLock { $0 }))
                most.withLock { $0 = 0 }
                awaitsCompany.withLock { $0 = false }
                delivering.clock.advance(10)
                try await delivering.drain()
                #expect(most.withLock { $0 } == 1)
                isUp.withLock { $0 = true }
                delivering.clock.advance(20)
                try await delivering.drain()
                #expect((2...8).contains(most.withLock { $0 }))
                #expect(try await delivering.delivery.pending() == 0)
            }
        }
    }
}
