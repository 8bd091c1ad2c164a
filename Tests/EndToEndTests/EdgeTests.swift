import Collection
import Foundation
import PureSupport
import Server
import TestSupport
import Testing
import Values

/// What stands between the service and everybody: hosts, content types, caches, proxies, slow senders.
@Suite struct EdgeTests {
    private func raw(_ server: LiveServer, _ lines: [String]) async throws -> RawConnection.Answer {
        try await RawConnection.exchange(lines.joined(separator: "\r\n") + "\r\n\r\n", port: server.port)
    }

    @Test func `a request that names no host, two of them or a strange one is refused`() async throws {
        try await LiveServer.with { server in
            for hosts in [
                [], ["Host: a.example", "Host: b.example"], ["Host: a.example", "Host: a.example"], ["Host:"],
                ["Host: a.example/x"], ["Host: a.example, b.example"], ["Host: user@a.example"],
            ] {
                let answer = try await raw(server, ["GET /openapi.yaml HTTP/1.1", "Connection: close"] + hosts)
                #expect(answer.status == 400, "\(hosts): \(answer.text.prefix(200))")
            }
            let good = try await raw(server, ["GET /openapi.yaml HTTP/1.1", "Connection: close", "Host: [::1]:8080"])
            #expect(good.status == 200)
            // A balancer asks for health without one, but not with two.
            #expect(try await raw(server, ["GET /healthz HTTP/1.0"]).status == 200)
            let two = ["GET /healthz HTTP/1.1", "Connection: close", "Host: a", "Host: b"]
            #expect(try await raw(server, two).status == 400)
        }
    }

    @Test func `a body that says to be something else than JSON is refused`() async throws {
        try await LiveServer.with { server in
            let key = try await server.key(.portal)
            let body = Array("{}".utf8)
            func status(_ type: String?, cookie: Bool = false) async throws -> Int {
                var lines = [
                    "POST /v1/quotes HTTP/1.1", "Host: a", "Connection: close", "Authorization: Bearer \(key)",
                    "Content-Length: \(body.count)",
                ]
                if let type { lines.append("Content-Type: \(type)") }
                if cookie { lines.append("Cookie: a=b") }
                let text = lines.joined(separator: "\r\n") + "\r\n\r\n{}"
                return try await RawConnection.exchange(text, port: server.port).status
            }
            // 422: read, and found to be incomplete.
            for type in ["application/json", "Application/JSON; charset=utf-8", "application/ld+json"] {
                #expect(try await status(type) == 422, "\(type)")
                #expect(try await status(type, cookie: true) == 422, "\(type)")
            }
            for type in ["text/plain", "multipart/form-data; boundary=x", "application/xml", "text/json"] {
                #expect(try await status(type) == 415, "\(type)")
            }
            // What curl sends by itself is taken with a key, and not where a browser may have added the cookies.
            for type in [nil, "application/x-www-form-urlencoded"] {
                #expect(try await status(type) == 422, "\(type ?? "none")")
                #expect(try await status(type, cookie: true) == 415, "\(type ?? "none")")
            }
        }
    }

    @Test func `no answer that holds anything is kept by anybody in between`() async throws {
        try await LiveServer.with { server in
            let portal = try await server.key(.portal)
            let order: JSON = [
                "dossier_code": "D", "agency_code": "H44.01", "procedure_code": "1.004222", "channel": "online",
            ]
            let made = try await server.send("POST", "/v1/payment-requests", key: portal, json: order)
            let page = try #require(try made.json["pay_url"]?.string?.split(separator: "/").last)
            for path in [
                "/v1/payment-requests?dossier_code=D", "/v1/nothing", "/pay/\(page)", "/pay/\(page)/qr.svg",
                "/pay/\(page)/qr.png", "/readyz",
            ] {
                let answer = try await server.send("GET", path, key: portal)
                #expect(answer.headers["cache-control"] == "no-store", "\(path)")
                #expect(answer.headers["strict-transport-security"] == nil)
            }
            #expect(made.headers["cache-control"] == "no-store")
            let picture = try await server.send("GET", "/pay/\(page)/qr.svg")
            #expect(picture.headers["content-security-policy"]?.contains("default-src 'none'") == true)
            #expect(try await server.send("GET", "/openapi.yaml").headers["cache-control"] == nil)
        }
    }

    @Test func `who came over TLS comes over TLS again, and metrics are not where the public is`() async throws {
        try await LiveServer.inPublic { server in
            let health = try await server.send("GET", "/healthz")
            #expect(health.headers["strict-transport-security"] == "max-age=31536000")
            for path in ["/metrics", "//metrics", "/metrics/", "/Metrics", "/%6detrics"] {
                #expect(try await server.send("GET", path).status == 404, "\(path)")
            }
            let own = LiveServer(services: server.services, baseURL: try #require(server.metricsURL))
            let metrics = try await own.send("GET", "/metrics")
            #expect(metrics.status == 200 && metrics.text.contains("khop_database_connections_lent"))
            for path in ["/healthz", "/v1/cases", "/openapi.yaml"] {
                #expect(try await own.send("GET", path).status == 404, "\(path)")
            }
        }
    }

    @Test func `a statement that trickles is ended, however long it goes on`() async throws {
        var options = ServerOptions(publicURL: LiveServer.publicURL)
        options.uploadPace.grace = .milliseconds(300)
        try await LiveServer.inPublic(options) { server in
            let key = try await server.key(.finance)
            try await trickle(server, "/v1/statements?account=0801000567890", key, 408)
        }
    }

    @Test func `whoever is refused does not go on sending`() async throws {
        try await LiveServer.with { server in
            try await trickle(server, "/v1/statements?account=0801000567890", "wrong", 401)
            try await trickle(server, "/v1/nothing", "wrong", 404)
        }
    }

    /// Sends a body byte by byte, for as long as the server lets it.
    private func trickle(_ server: LiveServer, _ path: String, _ key: String, _ status: Int) async throws {
        let connection = try RawConnection(port: server.port)
        connection.send(
            "POST \(path) HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer \(key)\r\nContent-Length: 1000000\r\n\r\n"
        )
        // Who goes on sending to a closed connection is reset, and what he has not read yet is lost.
        try await until("an answer or the end") { connection.isAnswered || !connection.send("x") }
        let told = await connection.answer()
        #expect(told.status == status, "\(told.text.prefix(300))")
        #expect(told.text.lowercased().contains("connection: close"))
    }

    @Test func `the same key for another account is another request`() async throws {
        try await LiveServer.with { server in
            let finance = try await server.key(.finance)
            let file = try Repository.fixture("statements/default.csv")
            func send(_ account: String) async throws -> LiveServer.Answer {
                try await server.send(
                    "POST",
                    "/v1/statements?account=\(account)",
                    key: finance,
                    headers: ["Idempotency-Key": "one"],
                    body: file
                )
            }
            #expect(try await send("0801000567890").status == 202)
            #expect(try await send("0801000567890").headers["idempotency-replayed"] == "true")
            let other = try await send("0011004123456")
            #expect(try other.status == 422 && other.json["type"] == "urn:khop:problem:idempotency-key-reused")
        }
    }

    @Test(arguments: [
        "http://evil.example/", "https://portal.gov.vn@evil.example/", "https://portal.gov.vn\u{202E}/", "http://",
        "https://",
        "javascript:alert(1)", "//evil.example", "https://evil.example", "https://portal.gov.vn.evil.example/",
        "https://evil.example\\@portal.gov.vn/", "http://portal.gov.vn/", "http://127.0.0.1/", "https://127.0.0.1/",
    ])
    func `the payment page leads back to no host that the key does not name`(_ url: String) async throws {
        try await LiveServer.inPublic { server in
            let keys = server.services.keys
            let named = try await keys.create(
                role: .portal,
                name: "p",
                localityCode: nil,
                returnHosts: ["Portal.gov.vn"]
            ).key
            func order(_ key: String, _ url: String) async throws -> LiveServer.Answer {
                try await server.send(
                    "POST",
                    "/v1/payment-requests",
                    key: key,
                    json: [
                        "dossier_code": "D", "agency_code": "H44.01", "procedure_code": "1.004222", "channel": "online",
                        "return_url": .string(url),
                    ]
                )
            }
            let refused = try await order(named, url)
            #expect(refused.status == 422, "\(refused.text)")
            #expect(try refused.json["errors"]?.array?.first?["pointer"] == "/return_url")
            #expect(try await order(named, "https://portal.gov.vn/back?d=1").status == 201)
            let unnamed = try await server.key(.portal)
            #expect(try await order(unnamed, "https://portal.gov.vn/back").status == 422)
        }
    }

    @Test func `an attachment is no script`() async throws {
        for reference in [
            "javascript:alert(1)", "JavaScript\t:alert(1)", "data:text/html,x", "http://a.example", "//a.example",
        ] {
            let json: JSON = ["attachment": ["reference": .string(reference), "title": "x"]]
            #expect(throws: ServiceError.self, "\(reference)") { try CaseDesk.entries(json) }
        }
        for reference in ["https://luu-tru.example.vn/1", "HS 12/2026: biên bản", "12:30"] {
            let json: JSON = ["attachment": ["reference": .string(reference), "title": "x"]]
            #expect(throws: Never.self, "\(reference)") { try CaseDesk.entries(json) }
        }
    }
}
