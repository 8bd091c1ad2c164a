import Collection
import Cryptography
import Foundation
import Server
import TestSupport
import Testing
import Values

/// Events over HTTP: the real server, a real receiver, and the standard's own Python library to check what arrives.
@Suite(.serialized) struct EventsEndToEndTests {
    private static let account = "0801000567890"

    /// Orders as the portal does, and pays as the bank does.
    private struct Main {
        let server: LiveServer
        let portal: String
        let secret = "whsec_" + Data(randomBytes(24)).base64EncodedString()

        init(_ server: LiveServer) async throws {
            self.server = server
            portal = try await server.key(.portal)
            _ = try await server.services.connections.add(
                name: "bank",
                profile: .standard,
                account: account,
                secret: secret,
                signatureHeader: nil
            )
        }

        func order(_ agency: String = "H44.01") async throws -> JSON {
            try await server.send(
                "POST",
                "/v1/payment-requests",
                key: portal,
                json: [
                    "dossier_code": "H44-26-0001", "agency_code": .string(agency), "procedure_code": "1.004222",
                    "channel": "online",
                ]
            ).json
        }

        func pay(_ transaction: String, _ amount: Int64, _ memo: String) async throws -> LiveServer.Answer {
            let body: JSON = [
                "transaction_id": .string(transaction), "amount": .integer(amount), "currency": "VND",
                "account_number": .string(account), "direction": "credit", "status": "success",
                "occurred_at": .text(Instant.now()), "memo": .string(memo),
            ]
            let seconds = Instant.now().unixSeconds
            let signature = try EventSecret(secret).signature(id: "m", timestamp: seconds, body: body.bytes)
            return try await server.send(
                "POST",
                "/v1/callbacks/bank",
                headers: [
                    "webhook-id": "m", "webhook-timestamp": String(seconds), "webhook-signature": signature,
                ],
                body: body.bytes
            )
        }
    }

    @Test func `the portal receives the events of a payment and can have them sent again`() async throws {
        try await EventReceiver.with { receiver in
            try await LiveServer.with { server in
                let main = try await Main(server)
                let admin = try await server.key(.admin)
                let owner = try await server.id(of: main.portal)
                let endpoint: JSON = ["name": "portal", "url": .string(receiver.url()), "portal": .string(owner)]
                #expect(
                    try await server.send("POST", "/v1/event-endpoints", key: main.portal, json: endpoint).status == 403
                )
                let added = try await server.send("POST", "/v1/event-endpoints", key: admin, json: endpoint)
                #expect(added.status == 201)
                let secret = try #require(try added.json["secret"]?.string)
                #expect(try await server.send("POST", "/v1/event-endpoints", key: admin, json: endpoint).status == 409)
                try await refusesWrongEndpoints(server, admin)
                let listed = try await server.send("GET", "/v1/event-endpoints", key: admin)
                #expect(listed.status == 200 && !listed.text.contains("whsec_") && listed.text.contains("portal"))
                #expect(try await server.send("GET", "/v1/event-endpoints", key: main.portal).status == 403)

                let request = try await main.order()
                #expect(try await main.pay("t1", 10_000, try #require(request["reference"]?.string)).status == 200)
                try await until { receiver.received.count == 1 }
                let first = receiver.received[0]
                try check(first, secret: secret)
                let told = try JSON.parse(first.body)
                #expect(told["type"] == "payment_request.paid" && told["data"]?["id"] == request["id"])
                #expect(told["data"]?["status"] == "paid" && first.headers["content-type"] == "application/json")

                let finance = try await server.key(.finance)
                #expect(try await server.send("GET", "/v1/events", key: finance).status == 403)
                let subject = "request:\(request["id"]?.string ?? "")"
                try await until {
                    try await server.send(
                        "GET",
                        "/v1/events?state=delivered&subject=\(subject)",
                        key: main.portal
                    ).json["items"]?.array?.count == 1
                }
                #expect(try await server.send("GET", "/v1/events?state=lost", key: main.portal).status == 400)
                let id = try #require(first.headers["webhook-id"])
                let again = try await server.send("POST", "/v1/events/\(id)/redeliver", key: main.portal)
                #expect(again.status == 202)
                try await until { receiver.received.count == 2 }
                #expect(receiver.received[1].headers["webhook-id"] == id && receiver.received[1].body == first.body)
                try check(receiver.received[1], secret: secret)
                #expect(try await server.send("POST", "/v1/events/9999/redeliver", key: main.portal).status == 404)
                #expect(try await server.send("POST", "/v1/events/x/redeliver", key: main.portal).status == 404)
                #expect(
                    try await server.send("GET", "/v1/events/\(id)", key: main.portal).json["subject"]
                        == .string(subject)
                )

                // A key bound to another province learns nothing of it.
                let elsewhere = try await server.key(.portal, locality: "01")
                #expect(try await server.send("GET", "/v1/events", key: elsewhere).json["items"] == [])
                #expect(try await server.send("POST", "/v1/events/\(id)/redeliver", key: elsewhere).status == 404)
                let metrics = try await server.send("GET", "/metrics").text
                #expect(metrics.contains("khop_events_delivered_total{endpoint=\"portal\"}"))
                #expect(metrics.contains("khop_events_pending"))
            }
        }
    }

    private func refusesWrongEndpoints(_ server: LiveServer, _ admin: String) async throws {
        for (field, value) in [("url", "http://portal.example/"), ("name", "Ü"), ("types", "paid")] {
            var members = ["name": "x", "url": "https://portal.example/"] as [String: JSON]
            members[field] = field == "types" ? [.string(value)] : .string(value)
            let answer = try await server.send(
                "POST",
                "/v1/event-endpoints",
                key: admin,
                json: .object(members.map { JSON.Member($0.key, $0.value) })
            )
            #expect(answer.status == 422 && answer.text.contains("\"/\(field)\""), "\(answer.text)")
        }
    }

    /// The standard's own library finds the message genuine, and a changed one not.
    private func check(_ received: EventReceiver.Received, secret: String) throws {
        let script = """
            import sys, json
            from standardwebhooks import Webhook, WebhookVerificationError
            headers, body = json.loads(sys.argv[2]), sys.stdin.buffer.read()
            print(json.dumps(Webhook(sys.argv[1]).verify(body, headers)['type']))
            try:
                Webhook(sys.argv[1]).verify(body.replace(b'1', b'2'), headers)
                print('forged')
            except WebhookVerificationError:
                print('refused')
            """
        let headers = JSON.object(
            received.headers.filter { $0.key.hasPrefix("webhook-") }.map { JSON.Member($0.key, .string($0.value)) }
        )
        let output = try OtherProgram.run(
            OtherProgram.python,
            ["-c", script, secret, headers.serialized],
            input: Data(received.body)
        )
        #expect(String(decoding: output, as: UTF8.self) == "\"payment_request.paid\"\nrefused\n")
    }

    @Test func `a portal that hangs delays neither payments nor other portals`() async throws {
        try await EventReceiver.with { receiver in
            try await LiveServer.with { server in
                let main = try await Main(server)
                receiver.behave(.stall, at: "/slow")
                for (name, path) in [("slow", "/slow"), ("quick", "/quick")] {
                    _ = try await server.services.eventEndpoints.add(
                        name: name,
                        url: receiver.url(path),
                        types: nil,
                        secret: nil
                    )
                }
                var references: [String] = []
                for _ in 0..<40 { references.append(try #require(try await main.order()["reference"]?.string)) }
                for (index, reference) in references.enumerated() {
                    #expect(try await main.pay("t\(index)", 10_000, reference).text.contains("settled"))
                }
                // All are settled while the portal has not answered once; the other one has heard of all.
                // On a busy machine attempts at the first time out meanwhile, and others are made.
                try await until { receiver.at("/quick").count == 40 && receiver.at("/slow").count >= 8 }
                let slow = try await server.services.eventEndpoints.find("slow")
                #expect(slow.pending == 40 && slow.lastSuccessAt == nil)
                receiver.release()
                try await until { try await server.services.eventEndpoints.find("slow").pending == 0 }
                #expect(receiver.at("/slow").count >= 40)
                #expect(Set(receiver.at("/slow").compactMap { $0.headers["webhook-id"] }).count == 40)
            }
        }
    }

    @Test func `the sender accepts only a short answer in time, and follows no redirect`() async throws {
        try await EventReceiver.with { receiver in
            let sender = WebhookSender(EventNetworks(allowsLoopback: true))
            func send(_ path: String, port: Int? = nil, timeout: Duration = .seconds(600)) async -> EventAnswer {
                await sender.send(
                    EventMessage(
                        url: port.map { "http://127.0.0.1:\($0)\(path)" } ?? receiver.url(path),
                        headers: [("Content-Type", "application/json"), ("webhook-id", "evt_1")],
                        body: Array("{}".utf8),
                        timeout: timeout
                    )
                )
            }
            #expect(await send("/fine") == .answered(status: 200))
            #expect(receiver.at("/fine").first?.body == Array("{}".utf8))
            receiver.behave(.answer(500, body: "out of order"), at: "/broken")
            #expect(await send("/broken") == .answered(status: 500))
            receiver.behave(.answer(200, body: String(repeating: "x", count: 1 << 20)), at: "/talkative")
            #expect(await send("/talkative") == .answered(status: 200))
            for status in [301, 302, 307, 308] {
                receiver.behave(.answer(status, location: receiver.url("/elsewhere")), at: "/moved")
                #expect(await send("/moved") == .answered(status: status))
            }
            #expect(receiver.at("/elsewhere").isEmpty)
            receiver.behave(.stall, at: "/slow")
            #expect(await send("/slow", timeout: .milliseconds(200)) == .silent)
            guard case .unreachable = await send("/", port: 1) else {
                Issue.record("nobody listens there")
                return
            }
        }
    }
}
