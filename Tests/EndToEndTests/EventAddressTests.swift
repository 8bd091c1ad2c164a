import Collection
import PureSupport
import Server
import TestSupport
import Testing
import Values
import Workflow

/// Addresses that events are not sent to, whoever sets them, and what is told of those that are.
@Suite(.serialized) struct EventAddressTests {
    @Test(arguments: [
        "https://169.254.169.254/latest/meta-data/", "https://10.0.0.1/", "https://[::ffff:169.254.169.254]/",
        "https://[::1]/", "http://127.0.0.1:8080/", "https://localhost/", "https://[fd00::1]/", "https://0.0.0.0/",
        "https://192.168.1.1/", "https://[64:ff9b::a9fe:a9fe]/", "https://127.1/", "https://2130706433/",
        "http://1.1.1.1/",
        "https://user@portal.example/", "https://portal.example/#x", "gopher://1.1.1.1/", "file:///etc/passwd",
    ])
    func `an endpoint inside is refused when it is added`(_ url: String) async throws {
        try await LiveServer.inPublic { server in
            let admin = try await server.key(.admin)
            let json: JSON = ["name": "x", "url": .string(url)]
            let answer = try await server.send("POST", "/v1/event-endpoints", key: admin, json: json)
            #expect(answer.status == 422 && answer.text.contains("\"/url\""), "\(answer.text)")
        }
    }

    @Test func `a name that leads inside is refused when it is called`() async throws {
        try await EventReceiver.with { receiver in
            // libcurl resolves all names under localhost to this machine.
            let url = "http://portal.localhost:\(receiver.port)/events"
            let message = EventMessage(url: url, headers: [], body: Array("{}".utf8), timeout: .seconds(60))
            #expect(await WebhookSender(EventNetworks()).send(message) == .refused)
            let elsewhere = EventNetworks(named: [try #require(IPRange("10.0.0.0/8"))])
            #expect(await WebhookSender(elsewhere).send(message) == .refused)
            #expect(receiver.received.isEmpty)
            let named = ["127.0.0.0/8", "::1"].compactMap { IPRange($0) }
            #expect(await WebhookSender(EventNetworks(named: named)).send(message) == .answered(status: 200))
            #expect(receiver.received.count == 1)
        }
    }

    @Test func `what an endpoint says is told to nobody`() async throws {
        try await EventReceiver.with { receiver in
            receiver.behave(.answer(500, body: "INTERNAL-SECRET-abcdefgh"), at: "/events")
            try await LiveServer.with { server in
                let (portal, admin) = (try await server.key(.portal), try await server.key(.admin))
                let endpoint: JSON = [
                    "name": "portal", "url": .string(receiver.url()),
                    "portal": .string(try await server.id(of: portal)),
                ]
                #expect(
                    try await server.send("POST", "/v1/event-endpoints", key: admin, json: endpoint).status == 201
                )
                let free = try await server.send(
                    "POST",
                    "/v1/payment-requests",
                    key: portal,
                    json: [
                        "dossier_code": "D", "agency_code": "H44.01", "procedure_code": "2.000488", "channel": "online",
                        "payer": [
                            "category": "poor_household",
                            "evidence": ["kind": "poor_household_certificate", "number": "1"],
                        ],
                    ]
                )
                #expect(try free.json["status"] == "paid", "\(free.text)")
                try await until("a failure") {
                    let items = try await server.send("GET", "/v1/events", key: portal).json["items"]?.array
                    return items?.first?["deliveries"]?.array?.first?["last_error_code"] == "endpoint_answered"
                }
                for key in [portal, admin] {
                    let events = try await server.send("GET", "/v1/events", key: key)
                    #expect(events.text.contains("The endpoint portal answered HTTP 500."))
                    #expect(!events.text.contains("INTERNAL-SECRET"))
                }
                let kept = try await server.services.database.query(
                    "select count(*) from event_delivery where last_error::text like '%INTERNAL%'"
                ).row().get(0, as: Int.self)
                #expect(kept == 0)
            }
        }
    }
}
