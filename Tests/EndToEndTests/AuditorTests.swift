import Collection
import Foundation
import Identity
import TestSupport
import Testing
import Values

@testable import Server

/// An auditor reads everything and changes nothing: tried at every address that the server has.
@Suite struct AuditorTests {
    /// What each address needs to be asked for something.
    private static let queries: [String: String] = [
        "/v1/payment-requests": "?dossier_code=D-1",
        "/v1/search": "?q=D-1",
        "/console/find": "?q=D-1",
        "/console/cases/inquiry": "?cases=1", "/console/cases/inquiry.pdf": "?cases=1",
        "/console/found": "?q=D-1",
        "/console/reports/payments": "?period=2026",
        "/console/reports/dossiers": "?period=2026",
        "/v1/reports/non-cash-rates": "?period=2026",
        "/v1/reports/non-cash-rates/payments": "?period=2026",
        "/v1/reports/hours": "?period=2026", "/v1/reports/decision766": "?period=2026",
        "/v1/reports/decision766/dossiers": "?period=2026",
        "/v1/reports/collections": "?period=2026",
        "/v1/reports/discounts": "?period=2026",
        "/v1/reports/exemptions": "?period=2026",
        "/v1/reports/receipts": "?day=2026-01-05",
        "/v1/inquiry-letters": "?cases=1", "/v1/inquiry-letters/:bank": "?cases=1",
        "/v1/reports/reconciliation": "?account=0801000567890&day=2026-01-05",
    ]

    /// What is not GET and changes nothing but the auditor's own login.
    private static let harmless: [String: String] = [
        "POST /v1/quotes": "works out a price and keeps nothing",
        "POST /v1/sessions": "everybody's own login",
        "DELETE /v1/sessions/:id": "everybody's own logout",
        "POST /v1/sessions/:id/second-factor": "everybody's own code",
        "POST /v1/callbacks/:connection": "for banks, by a signature",
        "POST /v1/platform/:connection/lookup": "for the platform, by a token of its own",
    ]

    /// Where only those who do the work have anything to see.
    private static let forWork: Set = [
        "/console/counter/new", "/console/counter/payments/:id", "/console/statements/progress/:token",
        "/console/statements/progress/:token/events", "/console/statements/preview/:token", "/console/cases/batch",
        "/console/cases/sheet/:token", "/console/statements/mappings/new/:token",
        "/console/statements/platform/preview/:token",
    ]

    private static func concrete(_ path: String) -> String {
        path.replacing("receipts/:number", with: "receipts/EBL01-26TAA-1")
            .replacing(":number", with: "0801000567890").replacing(":day", with: "2026-01-05")
            .replacing(":connection", with: "nobody").replacing(":bank", with: "970436").replacing(
                "callbacks/:id",
                with: "callbacks/recorded:1"
            )
            .replacing(":id", with: path.hasPrefix("/v1/refunds") ? UUID().uuidString : "1")
    }

    @Test func `an auditor reads at every address and changes at none, as a person and as a key`() async throws {
        try await LiveServer.with { server in
            let options = ServerOptions(publicURL: "http://127.0.0.1:1")
            let addresses = try KhopServer.addresses(server.services, options: options, registry: PrometheusRegistry())
                .filter { $0.path.hasPrefix("/v1/") }
            #expect(addresses.count > 35)
            var (reads, changes) = (0, 0)
            for token in [try await server.person(.auditor), try await server.key(.auditor)] {
                for (path, method) in addresses {
                    let name = "\(method.rawValue) \(path)"
                    if Self.harmless[name] != nil { continue }
                    // A key has no sessions.
                    if path.hasPrefix("/v1/sessions"), !token.hasPrefix(Sessions.prefix) { continue }
                    let address = Self.concrete(path) + (method == .get ? Self.queries[path] ?? "" : "")
                    let answer = try await server.send(
                        method.rawValue,
                        address,
                        key: token,
                        body: method == .get ? nil : Array("{}".utf8)
                    )
                    if method == .get {
                        let isCallback = path.hasPrefix("/v1/callbacks")
                        #expect(isCallback || [200, 404].contains(answer.status), "\(name): \(answer.text)")
                        reads += 1
                    } else {
                        #expect(answer.status == 403, "\(name): \(answer.status) \(answer.text)")
                        changes += 1
                    }
                }
            }
            #expect(reads > 40 && changes > 30)
            // What would become of a statement may be seen; storing one may not.
            let key = try await server.key(.auditor)
            let refused = try await server.send("POST", "/v1/statements?account=0801000567890", key: key, body: [97])
            #expect(refused.status == 403)
            let harmless = Set(addresses.map { "\($0.method.rawValue) \($0.path)" })
            for name in Self.harmless.keys { #expect(harmless.contains(name), "\(name) does not exist") }
        }
    }

    @Test func `nobody but auditors and administrators reads the audit, and that it was read is in it`() async throws {
        try await LiveServer.with { server in
            for role in Role.allCases {
                let answer = try await server.send("GET", "/v1/audit?limit=5", key: try await server.key(role))
                #expect(answer.status == ([.auditor, .admin].contains(role) ? 200 : 403), "\(role)")
            }
            let auditor = try await server.person(.auditor)
            let headers = ["X-Request-Id": "look-1"]
            let query = "/v1/audit?action=person.&limit=3"
            let page = try await server.send("GET", query, key: auditor, headers: headers)
            let items = try #require(try page.json["items"]?.array)
            #expect(page.status == 200 && items.count <= 3)
            let found = try await server.send("GET", "/v1/audit?request_id=look-1", key: auditor).json["items"]?.array
            let entry = try #require(found?.first)
            #expect(found?.count == 1 && entry["action"] == "read.audit" && entry["sentence"] == "read the audit")
            #expect(entry["address"] == "127.0.0.1" && entry["detail"]?["query"] == "action=person.&limit=3")
            for bad in ["from=1", "cursor=x", "limit=0", "action=%25", "actor=a%40b.vn"] {
                let refused = try await server.send("GET", "/v1/audit?\(bad)", key: auditor)
                #expect([400, 404].contains(refused.status), "\(bad)")
            }
        }
    }

    @Test func `the console shows an auditor everything, changes nothing, and records whose data it showed`()
        async throws
    {
        try await LiveServer.with { server in
            let database = server.services.database
            let token = try await TestPerson.session(.auditor, name: "An", kind: .browser, database)
            let headers = [
                "Cookie": "__Host-khop=\(token)", "Sec-Fetch-Site": "same-origin",
                "Content-Type": "application/x-www-form-urlencoded", "X-Request-Id": "console-1",
            ]
            let options = ServerOptions(publicURL: "http://127.0.0.1:1")
            let addresses = try KhopServer.addresses(server.services, options: options, registry: PrometheusRegistry())
                .filter { $0.path.hasPrefix("/console") && !$0.path.hasPrefix("/console/assets") }
            #expect(addresses.count > 20)
            for (path, method) in addresses {
                let address = Self.concrete(path).replacing(":account", with: "0801000567890")
                let answer = try await server.send(
                    method.rawValue,
                    address + (Self.queries[path] ?? ""),
                    headers: headers,
                    body: method == .get ? nil : Array("csrf=x&note=x".utf8)
                )
                let isReading = method == .get && !Self.forWork.contains(path)
                let isRight = isReading ? [200, 404].contains(answer.status) : answer.status == 403
                #expect(isRight, "\(method) \(path): \(answer.status) \(answer.text.prefix(300))")
            }
            let read = try await database.query(
                "select distinct action from audit_entry where request_id = 'console-1' order by 1"
            ).map { try $0.get(0, as: String.self) }
            #expect(read == ["read.cases", "read.payment_request", "read.payments", "read.refunds", "read.search"])
        }
    }

    @Test func `who is refused stands in the log, with what and why`() async throws {
        try await TestDatabase.withServices { services in
            let log = RecordedLog()
            try await LiveServer.over(services, log: log) { server in
                let key = try await server.key(.auditor)
                let id = try await server.id(of: key).lowercased()
                #expect(try await server.send("POST", "/v1/reconciliations", key: key, json: [:]).status == 403)
                let wrong = "khop_0123456789abcdef0123456789abcdef_not-the-secret"
                #expect(try await server.send("GET", "/v1/audit", key: wrong).status == 401)
                #expect(try await server.send("GET", "/v1/audit", key: Sessions.prefix + "x").status == 401)
                let told = log.metadata(of: "refused")
                #expect(told.map { $0["reason"] } == ["forbidden", "unauthenticated", "unauthenticated"], "\(told)")
                #expect(told.first?["caller"] == "key:\(id)" && told.first?["permission"] == "reconcile")
                #expect(told.map { $0["client"] } == Array(repeating: "127.0.0.1", count: 3))
                #expect(told[1]["caller"] == "key:0123456789abcdef0123456789abcdef (not proved)")
                #expect(!"\(told)".contains("not-the-secret"))
            }
        }
    }

    @Test func `an auditor of a locality sees what was done with requests, cases and refunds there`() async throws {
        try await LiveServer.with { server in
            let portal = try await server.key(.portal)
            var ids: [String] = []
            for agency in ["H44.01", "H26.01"] {
                let body: JSON = [
                    "dossier_code": "D-1", "agency_code": .string(agency), "procedure_code": "1.004222",
                    "channel": "online",
                ]
                let made = try await server.send("POST", "/v1/payment-requests", key: portal, json: body)
                let id = try #require(try made.json["id"]?.string, "\(made.text)")
                #expect(try await server.send("POST", "/v1/payment-requests/\(id)/cancel", key: portal).status == 200)
                ids.append(id)
            }
            let place = try #require(
                try await server.services.database.query(
                    "select locality_code from agency where code = 'H44.01' and ended_in is null"
                ).first?.get(0, as: String.self)
            )
            let bound = try await server.person(.auditor, locality: place)
            let seen = try #require(try await server.send("GET", "/v1/audit", key: bound).json["items"]?.array)
            let subjects = seen.compactMap { $0["subject"]?.string }
            #expect(subjects.contains("request:\(ids[0])") && !subjects.contains { !$0.hasPrefix("request:") })
            let all = try await server.send(
                "GET",
                "/v1/audit?action=payment_request.",
                key: try await server.key(.auditor)
            )
            #expect(try all.json["items"]?.array?.count == 2)
        }
    }
}
