import Collection
import Foundation
import Postgres
import TestSupport
import Testing
import Values

/// What is written into the outbox, and with what.
@Suite struct EventOutboxTests {
    @Test func `an event of each type is written once, with its content`() async throws {
        try await TestDatabase.withServices { services in
            try await services.listen()
            let desk = try await Desk(services)
            let request = try await desk.request()
            #expect(try await services.allEvents().isEmpty)
            #expect(try await desk.settle("t1", 4000, request.reference) == .partial)
            #expect(try await desk.settle("t1", 4000, request.reference) == .duplicate)
            #expect(try await desk.settle("t2", 6000, request.reference) == .settled)
            for (status, refunded) in [("partially_refunded", 3000), ("refunded", 10_000)] {
                _ = try await services.database.asOwner(
                    "update payment_request set status = \(status), amount_refunded = \(refunded) where id = \(request.id)"
                )
            }
            let late = try await desk.request()
            _ = try await services.database.asOwner(
                "update payment_request set expires_at = now() - interval '1 hour' where id = \(late.id)"
            )
            #expect(try await services.paymentRequests.expireDue(since: Instant(unixSeconds: 0)) == 1)
            let draft = try PaymentRequestDraft(
                [
                    "dossier_code": "D-0", "agency_code": "H44.01", "procedure_code": "1.000894", "channel": "online",
                ],
                today: Instant.now().day
            )
            _ = try await services.paymentRequests.create(draft, caller: nil, idempotency: nil)

            let all = try await services.allEvents()
            // What one statement brings about for several subjects has no order among them.
            let opened = try #require(all.first { $0.type == "case.opened" })
            let events = all.filter { $0.type != "case.opened" }
            #expect(all.count == events.count + 1)
            #expect(
                events.map(\.type) == [
                    "payment_request.partially_paid", "payment_request.paid", "payment_request.refunded",
                    "payment_request.refunded", "payment_request.expired", "payment_request.paid",
                ]
            )
            #expect(all.allSatisfy { $0.deliveries.count == 1 && $0.deliveries[0]["state"] == "pending" })
            let paid = try await desk.find(request.id.text)
            let paidAt = try #require(paid.paidAt?.description)
            let content: JSON = [
                "id": .string(request.id.text), "reference": .string(request.reference), "dossier_code": "D-1",
                "agency_code": "H44.01", "status": "paid", "amount_due": 10_000, "amount_received": 10_000,
                "amount_refunded": 0, "amount_remaining": 0, "channel": "online", "paid_at": .string(paidAt),
                "settled_by": "notice",
            ]
            #expect(events[1].body["data"] == content)
            #expect(events[1].subject == "request:\(request.id.text)")
            #expect(events[1].body.members?.map(\.name) == ["type", "timestamp", "data"])
            let told = try #require(events[1].body["timestamp"]?.string)
            #expect(Instant(told)?.description == told && told.hasSuffix("+07:00"))
            let first = events[0].body["data"]
            #expect(first?["amount_received"] == 4000 && first?["amount_remaining"] == 6000)
            #expect(first?["paid_at"] == .null)
            let part = events[2].body["data"]
            #expect(part?["status"] == "partially_refunded" && part?["amount_refunded"] == 3000)
            #expect(events[3...4].map { $0.body["data"]?["status"] } == ["refunded", "expired"])
            let free = events[5].body["data"]
            #expect(free?["amount_due"] == 0 && free?["settled_by"] == "nothing_due")

            let underpaid = try #require(opened.body["data"])
            let known = try await services.cases.find(try #require(underpaid["id"]?.integer)).json(in: .english)
            #expect(opened.subject == "case:\(known["id"]?.integer ?? 0)")
            for name in ["id", "kind", "amount", "payment_request_id", "account_number", "opened_at"] {
                #expect(underpaid[name] == known[name], "\(name)")
            }
            #expect(underpaid["kind"] == "underpaid" && underpaid.members?.count == 6)
        }
    }

    @Test func `notices settled in one batch make an event for each request`() async throws {
        try await TestDatabase.withServices { services in
            try await services.listen()
            let desk = try await Desk(services)
            var requests: [PaymentRequest] = []
            for _ in 0..<6 { requests.append(try await desk.request()) }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for (index, request) in requests.enumerated() {
                    group.addTask { _ = try await desk.settle("a\(index)", 10_000, request.reference) }
                }
                try await group.waitForAll()
            }
            let events = try await services.allEvents()
            #expect(Set(events.map(\.subject)) == Set(requests.map { "request:\($0.id.text)" }))
            #expect(events.count == 6 && events.allSatisfy { $0.type == "payment_request.paid" })
        }
    }

    @Test func `an event that no endpoint subscribes to is not written`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            #expect(try await desk.settle("t0", 500, nil) == .unknownReference)
            #expect(try await desk.settle("t1", 10_000, try await desk.request().reference) == .settled)
            #expect(try await services.allEvents().isEmpty)

            try await services.listen("cases", types: [.caseOpened])
            try await services.listen("money", types: [.requestPaid, .requestExpired])
            let request = try await desk.request()
            #expect(try await desk.settle("t2", 4000, request.reference) == .partial)
            #expect(try await desk.settle("t3", 6000, request.reference) == .settled)
            let events = try await services.allEvents()
            #expect(events.map(\.type) == ["case.opened", "payment_request.paid"])
            #expect(events.map { $0.deliveries.map { $0["endpoint"] } } == [["cases"], ["money"]])
        }
    }

    @Test func `a change that is rolled back makes no event`() async throws {
        struct Undone: Error {}
        try await TestDatabase.withServices { services in
            try await services.listen()
            let desk = try await Desk(services)
            let request = try await desk.request()
            await #expect(throws: Undone.self) {
                try await services.database.transaction { tx in
                    try tx.query(
                        """
                        update payment_request set status = 'paid', amount_received = amount_due, paid_at = now(),
                            paid_on = current_date, settled_by = 'notice'
                        where id = \(request.id)
                        """
                    )
                    #expect(try tx.query("select count(*) from event").row().get(0, as: Int.self) == 1)
                    throw Undone()
                }
            }
            // A change of state that is not allowed is refused as before, and told to nobody.
            await #expect(throws: PostgresError.self) {
                _ = try await services.database.asOwner(
                    "update payment_request set status = 'refunded', paid_at = now(), paid_on = current_date, settled_by = 'notice' where id = \(request.id)"
                )
            }
            #expect(try await services.allEvents().isEmpty)
            #expect(try await desk.settle("t1", 10_000, request.reference) == .settled)
            #expect(try await services.allEvents().map(\.type) == ["payment_request.paid"])
        }
    }

    @Test func `endpoints are checked and their secrets sealed`() async throws {
        try await TestDatabase.withServices { services in
            let endpoints = services.eventEndpoints
            for url in [
                "http://portal.example/x", "ftp://portal.example/x", "https://", "portal",
                "https://u:p@portal.example/",
                "https://portal.example/#x", "http://127.0.0.1.evil.example/", "http://127.evil/", "https://a b/",
            ] {
                await #expect(throws: ServiceError.self, "\(url)") {
                    _ = try await endpoints.add(name: "x", url: url, types: nil, secret: nil)
                }
            }
            for name in ["", "-x", "Ü", "a b", String(repeating: "a", count: 64)] {
                await #expect(throws: ServiceError.self, "\(name)") {
                    _ = try await endpoints.add(name: name, url: "https://portal.example/", types: nil, secret: nil)
                }
            }
            await #expect(throws: ServiceError.self) {
                _ = try await endpoints.add(name: "x", url: "https://a.example/", types: ["paid"], secret: nil)
            }
            await #expect(throws: ServiceError.self) {
                _ = try await endpoints.add(name: "x", url: "https://a.example/", types: nil, secret: "whsec_c2hvcnQ=")
            }
            for (name, url) in [
                ("a", "https://portal.example/e"), ("b", "http://localhost:1/"), ("c", "http://[::1]:1/"),
            ] {
                let secret = try #require(
                    try await endpoints.add(name: name, url: url, types: nil, secret: nil).secret
                )
                #expect(secret.hasPrefix("whsec_") && Data(base64Encoded: String(secret.dropFirst(6)))?.count == 32)
                let sealed = try await services.database.query(
                    "select sealed from event_endpoint where name = \(name)"
                ).row().get(0, as: Bytes.self)
                #expect(Data(sealed.bytes).range(of: Data(secret.utf8)) == nil)
            }
            let taken = await #expect(throws: ServiceError.self) {
                _ = try await endpoints.add(name: "a", url: "https://b.example/", types: nil, secret: nil)
            }
            #expect(taken?.code == .conflict)
            let weak = "whsec_" + Data(repeating: 7, count: 24).base64EncodedString()
            await #expect(throws: ServiceError.self) {
                _ = try await endpoints.add(name: "d", url: "https://c.example/", types: [], secret: weak)
            }
            let given = "whsec_" + Data((0..<24).map { $0 * 7 }).base64EncodedString()
            #expect(
                try await endpoints.add(name: "d", url: "https://c.example/", types: [], secret: given).secret == nil
            )
            #expect(try await endpoints.list().map(\.name) == ["a", "b", "c", "d"])
            try await endpoints.remove("b")
            let unknown = await #expect(throws: ServiceError.self) { try await endpoints.remove("b") }
            #expect(unknown?.code == .notFound)
        }
    }

    @Test func `that more arrived than was due is told to those that name it, beside the payment`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            try await services.listen("all")
            try await services.listen("named", types: [.requestOverpaid])
            let request = try await desk.request()
            #expect(try await desk.settle("T1", 10_500, request.reference) == .overpaid)
            #expect(try await desk.settle("T2", 700, request.reference) == .overpaid)
            let told = try await services.allEvents().filter { $0.type == "payment_request.overpaid" }
            #expect(told.map { $0.body["data"]?["amount_received"] } == [10_500, 11_200])
            #expect(told.allSatisfy { $0.deliveries.map { $0["endpoint"] } == ["named"] }, "\(told)")
        }
    }
}
