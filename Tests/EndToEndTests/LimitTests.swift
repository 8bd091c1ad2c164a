import Collection
import Foundation
import TestSupport
import Testing
import Values

/// What callers may do how often, over HTTP.
@Suite struct LimitTests {
    private static func with(
        _ set: (inout CallLimits.Options) -> Void,
        _ body: @Sendable (LiveServer) async throws -> Void
    ) async throws {
        var options = ServiceOptions(publicURL: "http://127.0.0.1:1")
        set(&options.limits)
        try await TestDatabase.withServices(options: options) { services in
            try await LiveServer.over(services) { try await body($0) }
        }
    }

    private static let guess = "khop_00000000000000000000000000000000_x"

    @Test func `an address that guesses keys is not listened to, but for keys that were good before`() async throws {
        try await Self.with {
            $0.attemptsPerMinute = 5
        } _: { server in
            let (good, unused) = (try await server.key(.auditor), try await server.key(.auditor))
            #expect(try await server.send("GET", "/v1/cases", key: good).status == 200)
            for number in 0..<5 {
                #expect(try await server.send("GET", "/v1/cases", key: Self.guess + "\(number)").status == 401)
            }
            for language in ["vi", "en"] {
                let refused = try await server.send(
                    "GET",
                    "/v1/cases",
                    key: Self.guess,
                    headers: ["Accept-Language": language]
                )
                #expect(refused.status == 429)
                let seconds = try #require(refused.headers["retry-after"].flatMap { Int($0) })
                #expect((1...12).contains(seconds))
                let problem = try refused.json
                #expect(problem["type"]?.string == "urn:khop:problem:too-many-attempts")
                #expect(problem["title"]?.string == (language == "vi" ? "Thử quá nhiều lần" : "Too many attempts"))
            }
            #expect(try await server.send("GET", "/v1/cases", key: unused).status == 429)
            server.services.keys.forget()
            #expect(try await server.send("GET", "/v1/cases", key: good).status == 200)
            // Guesses at pay links and connections count, too.
            #expect(try await server.send("GET", "/pay/nobody").status == 429)
            #expect(try await server.send("POST", "/v1/callbacks/nobody", body: []).status == 429)
        }
    }

    @Test func `a key that calls too often is told when to call again, and no other key is`() async throws {
        try await Self.with {
            $0.personPerMinute = 4
        } _: { server in
            let (one, other) = (try await server.key(.finance), try await server.key(.finance))
            let portal = try await server.key(.portal)
            for _ in 0..<4 { #expect(try await server.send("GET", "/v1/cases", key: one).status == 200) }
            let refused = try await server.send("GET", "/v1/cases", key: one)
            #expect(refused.status == 429 && refused.headers["retry-after"] != nil)
            #expect(try refused.json["type"]?.string == "urn:khop:problem:too-many-requests")
            #expect(try await server.send("GET", "/v1/cases", key: other).status == 200)
            for _ in 0..<6 { #expect(try await server.send("GET", "/v1/cases", key: portal).status != 429) }
        }
    }

    @Test func `payment pages are limited by address`() async throws {
        try await Self.with {
            $0.pagesPerMinute = 3
        } _: { server in
            let order: JSON = [
                "dossier_code": "D", "agency_code": "H44.01", "procedure_code": "1.004222", "channel": "online",
            ]
            let portal = try await server.key(.portal)
            let made = try await server.send("POST", "/v1/payment-requests", key: portal, json: order).json
            let path = try #require(made["pay_url"]?.string.flatMap { URL(string: $0)?.path })
            for _ in 0..<3 { #expect(try await server.send("GET", path).status == 200) }
            #expect(try await server.send("GET", path).status == 429)
        }
    }

    /// Sends a signed callback, the next one each time; returns the status.
    private static func report(_ number: Int, to name: String, of server: LiveServer) async throws -> Int {
        let content: JSON = [
            "transaction_id": .string("T\(number)"), "amount": 10_000, "currency": "VND",
            "account_number": "0801000567890", "direction": "credit", "status": "success",
            "occurred_at": .text(Instant.now()), "memo": "nobody's",
        ]
        let job: JSON = [
            "profile": "standard", "secret": .string(TestSecret.standard()), "body": .string(content.serialized),
            "id": .string("msg_\(number)"), "time": .integer(Instant.now().unixSeconds),
        ]
        let signed = try JSON.parse(
            Array(
                try OtherProgram.run(
                    "python3",
                    [Repository.root + "/Fixtures/signatures/sign.py"],
                    input: Data((job.serialized + "\n").utf8)
                )
            )
        )
        let headers = Dictionary(
            uniqueKeysWithValues: (signed["headers"]?.members ?? []).map { ($0.name, $0.value.string ?? "") }
        )
        let body = Array((signed["body"]?.string ?? "").utf8)
        return try await server.send("POST", "/v1/callbacks/\(name)", headers: headers, body: body).status
    }

    @Test func `callbacks that do not verify are limited by address; those that do are not, whatever came before`()
        async throws
    {
        try await Self.with {
            $0.attemptsPerMinute = 4
        } _: { server in
            let name = "limited"
            _ = try await server.services.connections.add(
                name: name,
                profile: .standard,
                account: "0801000567890",
                secret: TestSecret.standard(),
                signatureHeader: nil
            )
            let forged = Array(#"{"forged":true}"#.utf8)
            var statuses: [Int] = []
            for _ in 0..<6 {
                statuses.append(try await server.send("POST", "/v1/callbacks/\(name)", body: forged).status)
            }
            #expect(statuses == [401, 401, 401, 401, 429, 429])
            for number in 0..<8 {
                #expect(try await Self.report(number, to: name, of: server) == 200)
            }
            // Nor after a signal has made the server forget its connections.
            server.services.connections.forget()
            #expect(try await Self.report(9, to: name, of: server) == 200)
            try await server.services.callbackLog.flush()
            let kept = try await server.services.database.query("select count(*) from refused_callback").row()
            #expect(try kept.get(0, as: Int.self) == 4)
        }
    }
}
