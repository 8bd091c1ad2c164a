import Collection
import Identity
import PureSupport
import TestSupport
import Testing
import Values

/// Portals see their own requests and events, and nothing of one another's.
@Suite(.serialized) struct PortalsApartTests {
    private static let order: JSON = [
        "dossier_code": "D-1", "agency_code": "H44.01", "procedure_code": "1.004222", "channel": "online",
    ]

    private func order(_ server: LiveServer, _ key: String) async throws -> String {
        let made = try await server.send("POST", "/v1/payment-requests", key: key, json: Self.order)
        return try #require(try made.json["id"]?.string)
    }

    private func pay(_ server: LiveServer, _ id: String) async throws {
        let cashier = try await server.key(.cashier)
        let paid = try await server.send(
            "POST",
            "/v1/counter-payments",
            key: cashier,
            json: ["payment_request_id": .string(id), "channel": "counter_cash", "amount": 20_000]
        )
        #expect(paid.status == 201, "\(paid.text)")
    }

    @Test func `another portal's request is not found, and cannot be cancelled`() async throws {
        try await LiveServer.with { server in
            let (one, two) = (try await server.key(.portal), try await server.key(.portal))
            let id = try await order(server, one)
            let reference = try #require(
                try await server.send("GET", "/v1/payment-requests/\(id)", key: one).json["reference"]?.string
            )
            for path in ["/v1/payment-requests/\(id)", "/v1/payment-requests/\(reference)"] {
                #expect(try await server.send("GET", path, key: two).status == 404, "\(path)")
                #expect(try await server.send("POST", path + "/cancel", key: two).status == 404, "\(path)")
            }
            let refund: JSON = ["refund": ["reason": "x"]]
            let withdrawn = try await server.send("POST", "/v1/payment-requests/\(id)/cancel", key: two, json: refund)
            #expect(withdrawn.status == 404 || withdrawn.status == 422, "\(withdrawn.text)")
            for query in ["reference=\(reference)", "dossier_code=D-1"] {
                let path = "/v1/payment-requests?\(query)"
                #expect(try await server.send("GET", path, key: two).json["items"] == [])
                #expect(try await server.send("GET", path, key: one).json["items"]?.array?.count == 1)
            }
            // Staff see all.
            for role in [Role.cashier, .finance, .auditor] {
                let key = try await server.key(role)
                #expect(try await server.send("GET", "/v1/payment-requests/\(id)", key: key).status == 200)
            }
            #expect(try await server.send("POST", "/v1/payment-requests/\(id)/cancel", key: one).status == 200)
        }
    }

    @Test func `a portal that changes its key keeps its requests`() async throws {
        try await LiveServer.with { server in
            let keys = server.services.keys
            let first = try await keys.create(role: .portal, name: "portal", localityCode: nil)
            let id = try await order(server, first.key)
            let second = try await keys.create(
                role: .portal,
                name: "portal",
                localityCode: nil,
                sameAs: first.caller.id
            )
            try await keys.revoke(first.caller.id)
            let third = try await keys.create(
                role: .portal,
                name: "portal",
                localityCode: nil,
                sameAs: second.caller.id
            )
            for key in [second.key, third.key] {
                #expect(try await server.send("GET", "/v1/payment-requests/\(id)", key: key).status == 200)
                let listed = try await server.send("GET", "/v1/payment-requests?dossier_code=D-1", key: key)
                #expect(try listed.json["items"]?.array?.count == 1)
            }
            let error = await #expect(throws: ServiceError.self) {
                try await keys.create(role: .finance, name: "f", localityCode: nil, sameAs: first.caller.id)
            }
            #expect(error?.code == .invalidParameter)
        }
    }

    @Test func `events of a portal go to its own endpoints and to the province's`() async throws {
        try await EventReceiver.with { receiver in
            try await LiveServer.with { server in
                let (one, two) = (try await server.key(.portal), try await server.key(.portal))
                let admin = try await server.key(.admin)
                for (name, owner) in [("one", one), ("two", two), ("all", nil)] {
                    var members: [JSON.Member] = [
                        .init("name", .string(name)), .init("url", .string(receiver.url("/\(name)"))),
                        .init("types", ["payment_request.paid"]),
                    ]
                    if let owner { members.append(.init("portal", .string(try await server.id(of: owner)))) }
                    let path = "/v1/event-endpoints"
                    #expect(try await server.send("POST", path, key: admin, json: .object(members)).status == 201)
                }
                try await pay(server, try await order(server, one))
                try await pay(server, try await order(server, two))
                try await until("the events") {
                    receiver.at("/one").count == 1 && receiver.at("/two").count == 1 && receiver.at("/all").count == 2
                }
                let path = "/v1/events?state=delivered"
                try await until("the records") {
                    try await server.send("GET", path, key: admin).json["items"]?.array?.count == 2
                }
                for (key, name) in [(one, "one"), (two, "two")] {
                    let items = try await server.send("GET", path, key: key).json["items"]?.array ?? []
                    #expect(items.count == 1)
                    #expect(items.first?["deliveries"]?.array?.map { $0["endpoint"] } == [.string(name)])
                }
                let mine = try await server.send("GET", path, key: one).json["items"]?.array?.first
                let event = try #require(mine?["webhook_id"]?.string)
                #expect(try await server.send("GET", "/v1/events/\(event)", key: two).status == 404)
                let again = "/v1/events/\(event)/redeliver"
                #expect(try await server.send("POST", again, key: two).status == 404)
                for other in ["two", "all"] {
                    let json: JSON = ["endpoint": .string(other)]
                    #expect(try await server.send("POST", again, key: one, json: json).status == 404, "\(other)")
                }
                #expect(try await server.send("POST", again, key: one).status == 202)
                try await until("the event again") { receiver.at("/one").count == 2 }
                #expect(receiver.at("/two").count == 1 && receiver.at("/all").count == 2)
            }
        }
    }
}
