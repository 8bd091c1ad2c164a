import Collection
import Foundation
import Identity
import TestSupport
import Testing
import Values

/// Persons over HTTP: login, sessions, and what keys may not do.
@Suite struct SessionRoutesTests {
    private func logIn(_ server: LiveServer, _ person: Newcomer, code: String? = nil) async throws -> LiveServer.Answer
    {
        try await server.send(
            "POST",
            "/v1/sessions",
            json: [
                "email": .string(person.email), "password": .string(person.password),
                "code": .string(code ?? person.code()),
            ]
        )
    }

    @Test func `a person logs in, sees the sessions, and ends them`() async throws {
        try await LiveServer.with { server in
            let lan = try await Newcomer(server.services, [RoleGrant(.finance)], name: "Lan")
            let answer = try await logIn(server, lan)
            #expect(answer.status == 201 && answer.headers["cache-control"] == "no-store")
            let token = try #require(try answer.json["token"]?.string)
            #expect(try answer.json["person"]?["name"] == "Lan" && answer.json["second_factor_at"]?.string != nil)
            #expect(try await server.send("GET", "/v1/refunds", key: token).status == 200)
            let second = try #require(try await logIn(server, lan).json["token"]?.string)
            let list = try #require(try await server.send("GET", "/v1/sessions", key: token).json["items"]?.array)
            #expect(list.count == 2 && list.map { $0["current"]?.bool } == [false, true])
            #expect(list.allSatisfy { $0["address"] == "127.0.0.1" && $0["token"] == nil })
            let other = try #require(list[0]["id"]?.integer)
            #expect(try await server.send("DELETE", "/v1/sessions/\(other)", key: token).status == 204)
            #expect(try await server.send("GET", "/v1/refunds", key: second).status == 401)
            #expect(try await server.send("DELETE", "/v1/sessions/current", key: token).status == 204)
            #expect(try await server.send("GET", "/v1/refunds", key: token).status == 401)
        }
    }

    @Test func `a wrong login says nothing about what was wrong, and too many are told to wait`() async throws {
        try await LiveServer.with { server in
            try await server.services.database.holdLoginWaits()
            let lan = try await Newcomer(server.services, [RoleGrant(.finance)])
            for number in 0..<5 {
                let body: JSON = ["email": .string(lan.email), "password": "wrong", "code": "000000"]
                let refused = try await server.send("POST", "/v1/sessions", json: body)
                #expect(refused.status == 401, "\(number)")
                #expect(try refused.json["detail"] == "The e-mail address, the password or the code is wrong.")
            }
            let wait = try await logIn(server, lan)
            #expect(try wait.status == 429 && wait.json["type"] == "urn:khop:problem:too-many-attempts")
            #expect(wait.headers["retry-after"] == "\(LoginDelay.maximumSeconds)")
            let missing = try await server.send("POST", "/v1/sessions", json: ["email": "a@b.vn"])
            #expect(try missing.status == 422 && missing.json["errors"]?.array?.count == 2)
        }
    }

    @Test func `what moves money needs a code of the last five minutes`() async throws {
        try await LiveServer.with { server in
            let minh = try await Newcomer(server.services, [RoleGrant(.approver)])
            let token = try #require(try await logIn(server, minh).json["token"]?.string)
            let path = "/v1/refunds/\(UUID())/approve"
            #expect(try await server.send("POST", path, key: token, json: [:]).status == 404)
            _ = try await server.services.database.query(
                "update person_session set factor_at = now() - interval '6 minutes'"
            )
            let stale = try await server.send("POST", path, key: token, json: [:])
            #expect(try stale.status == 403 && stale.json["type"] == "urn:khop:problem:second-factor-needed")
            let step = "/v1/sessions/current/second-factor"
            #expect(try await server.send("POST", step, key: token, json: ["code": "1"]).status == 403)
            #expect(try await server.send("POST", step, key: token, json: ["code": .string(minh.code())]).status == 200)
            #expect(try await server.send("POST", path, key: token, json: [:]).status == 404)
            // A key has no session.
            let key = try await server.key(.admin)
            #expect(try await server.send("POST", step, key: key, json: ["code": "1"]).status == 401)
        }
    }

    @Test func `a browser's cookie opens nothing in the API`() async throws {
        try await LiveServer.with { server in
            let lan = try await Newcomer(server.services, [RoleGrant(.finance)])
            let origin = CallOrigin(address: "127.0.0.1")
            let pending = try await server.services.logins.begin(email: lan.email, password: lan.password, origin)
            let opened = try await server.services.logins.finish(
                try await server.services.sessions.pending(pending.token),
                code: lan.code(),
                origin
            )
            let cookie = ["Cookie": "__Host-khop=\(opened.token)"]
            #expect(try await server.send("GET", "/v1/refunds", headers: cookie).status == 401)
            // Nor is its token a bearer token.
            #expect(try await server.send("GET", "/v1/refunds", key: opened.token).status == 401)
        }
    }

    @Test func `a person bound to localities acts in each of them, and nowhere else`() async throws {
        try await LiveServer.with { server in
            let two = try await Newcomer(
                server.services,
                [RoleGrant(.auditor, in: "25"), RoleGrant(.auditor, in: "01")]
            )
            let token = try #require(try await logIn(server, two).json["token"]?.string)
            let report = "/v1/reports/non-cash-rates?period=2026"
            #expect(try await server.send("GET", report + "&locality=25", key: token).status == 200)
            #expect(try await server.send("GET", report + "&locality=01", key: token).status == 200)
            #expect(try await server.send("GET", report + "&locality=10", key: token).status == 403)
            // Which of the two is meant must be said.
            let unsaid = try await server.send("GET", report, key: token)
            #expect(try unsaid.status == 400 && unsaid.json["errors"]?.array?.first?["pointer"] == "locality")
            #expect(try await server.send("GET", "/v1/cases", key: token).status == 200)
        }
    }
}
