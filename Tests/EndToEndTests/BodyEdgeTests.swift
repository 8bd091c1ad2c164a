import Collection
import Identity
import TestSupport
import Testing
import Values

/// Bodies with members that nobody knows, or words that nothing knows.
@Suite struct BodyEdgeTests {
    private static let order: [JSON.Member] = [
        .init("dossier_code", "D-1"), .init("agency_code", "H44.01"), .init("procedure_code", "2.000488"),
        .init("channel", "online"),
    ]

    private func post(_ server: LiveServer, _ path: String, _ role: Role, _ members: [JSON.Member]) async throws
        -> LiveServer.Answer
    {
        let key = Role.ofPersons.contains(role) ? try await server.person(role) : try await server.key(role)
        return try await server.send("POST", path, key: key, json: .object(members))
    }

    @Test func `a member that is unknown is named, with the members that are known`() async throws {
        try await LiveServer.with { server in
            let answer = try await post(server, "/v1/payment-requests", .portal, Self.order + [.init("dosier", "x")])
            #expect(answer.status == 422)
            let fault = try answer.json["errors"]?.array?.first
            #expect(fault?["pointer"] == "/dosier")
            #expect(fault?["reason"]?.string?.contains("dossier_code, expires_in, items, notify, payer") == true)
        }
    }

    @Test func `nested members are checked in the same way`() async throws {
        try await LiveServer.with { server in
            let bodies: [(String, Role, [JSON.Member], String)] = [
                (
                    "/v1/payment-requests", .portal, Self.order + [.init("payer", ["nmae": "A"])], "/payer/nmae"
                ),
                (
                    "/v1/payment-requests", .portal, Self.order + [.init("items", [["fee_code": "LLTP", "count": 2]])],
                    "/items/0/count"
                ),
                ("/v1/reconciliations", .finance, [.init("account", "1")], "/account"),
                ("/v1/refunds", .finance, [.init("reason", "x"), .init("case_id", 1), .init("amonut", 1)], "/amonut"),
                ("/v1/cases/1/resolve", .finance, [.init("action", "dismiss"), .init("notes", "x")], "/notes"),
                ("/v1/cases/1/notes", .finance, [.init("note", "x"), .init("a/b~c", 1)], "/a~1b~0c"),
                (
                    "/v1/counter-payments", .cashier,
                    [.init("payment_request_id", "RF18539007547034"), .init("sum", 1)], "/sum"
                ),
                ("/v1/event-endpoints", .admin, [.init("name", "a"), .init("uri", "https://x")], "/uri"),
            ]
            for (path, role, members, pointer) in bodies {
                let answer = try await post(server, path, role, members)
                let pointers = try answer.json["errors"]?.array?.compactMap { $0["pointer"]?.string } ?? []
                #expect(answer.status == 422 && pointers.contains(pointer), "\(path): \(answer.text)")
            }
        }
    }

    @Test func `optional members about a payer are accepted`() async throws {
        try await LiveServer.with { server in
            let payer: JSON = ["name": "A", "evidence": ["kind": "other", "number": "12/HN"]]
            let answer = try await post(server, "/v1/payment-requests", .portal, Self.order + [.init("payer", payer)])
            #expect(answer.status == 201)
            // One body serves the quote as well.
            #expect(try await post(server, "/v1/quotes", .portal, Self.order + [.init("payer", payer)]).status == 200)
        }
    }

    @Test func `a category of payers that is unknown is refused with those in force`() async throws {
        try await LiveServer.with { server in
            for path in ["/v1/quotes", "/v1/payment-requests"] {
                let answer = try await post(
                    server,
                    path,
                    .portal,
                    Self.order + [.init("payer", ["category": "poor"])]
                )
                #expect(answer.status == 422)
                let fault = try answer.json["errors"]?.array?.first
                #expect(fault?["pointer"] == "/payer/category")
                #expect(fault?["reason"]?.string?.contains("poor_household") == true, "\(answer.text)")
            }
            let known = try await post(
                server,
                "/v1/quotes",
                .portal,
                Self.order + [.init("payer", ["category": "poor_household"])]
            )
            #expect(try known.json["amount_due"] == 0)
        }
    }
}
