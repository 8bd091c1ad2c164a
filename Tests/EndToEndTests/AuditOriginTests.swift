import Collection
import Foundation
import Identity
import Postgres
import TestSupport
import Testing
import Values

/// Every entry of the audit says where the call came from, without any use case passing it on.
@Suite struct AuditOriginTests {
    private func entries(_ server: LiveServer, _ condition: String) async throws -> [String] {
        try await server.services.database.query(
            Query(
                trustedSQL: """
                    select action || ' ' || coalesce(address, '-') || ' ' || coalesce(request_id, '-') from audit_entry
                    where \(condition) order by id
                    """
            )
        ).map { try $0.get(0) }
    }

    @Test func `a login, what a session does, and a login that failed name the address and the request`() async throws {
        try await LiveServer.with { server in
            let lan = try await Newcomer(server.services, [RoleGrant(.finance)])
            func logIn(_ password: String, _ id: String) async throws -> LiveServer.Answer {
                let body: JSON = [
                    "email": .string(lan.email), "password": .string(password), "code": .string(lan.code()),
                ]
                return try await server.send("POST", "/v1/sessions", headers: ["X-Request-Id": id], json: body)
            }
            #expect(try await logIn("wrong", "wrong-1").status == 401)
            let token = try #require(try await logIn(lan.password, "login-1").json["token"]?.string)
            let logout = try await server.send(
                "DELETE",
                "/v1/sessions/current",
                key: token,
                headers: ["X-Request-Id": "logout-1"]
            )
            #expect(logout.status == 204)
            let found = try await entries(server, "request_id is not null")
            #expect(
                found == [
                    "login.failed 127.0.0.1 wrong-1", "login 127.0.0.1 login-1", "session.logout 127.0.0.1 logout-1",
                ]
            )
            // What the tests themselves set up came by no call.
            #expect(try await entries(server, "action = 'person.invite'") == ["person.invite cli:test -"])
        }
    }

    @Test func `a page names them too`() async throws {
        try await LiveServer.with { server in
            let lan = try await Newcomer(server.services, [RoleGrant(.finance)])
            let visitor = PageVisitor(server.baseURL)
            _ = try await visitor.post("/login", ["email": lan.email, "password": lan.password])
            let form = try await visitor.get("/login/code")
            _ = try await visitor.post("/login/code", ["code": lan.code(), "csrf": form.csrf])
            let csrf = try await visitor.get("/account").csrf
            #expect(try await visitor.post("/account/recovery-codes", ["csrf": csrf]).status == 200)
            let found = try await entries(server, "action in ('login', 'person.renew_recovery_codes')")
            #expect(found.count == 2)
            for entry in found { #expect(entry.contains(" 127.0.0.1 ") && !entry.hasSuffix(" -"), "\(entry)") }
        }
    }

    @Test func `the same actor is the same person wherever the call comes from`() {
        let here = Person(id: "person:1", name: "Lan", from: CallOrigin(address: "192.0.2.1", requestID: "a"))
        let there = Person(id: "person:1", name: "Lan", hasFreshFactor: true, from: CallOrigin(address: "192.0.2.2"))
        #expect(here == there && Set([here, there]).count == 1 && here != .system)
        let long = CallOrigin(address: String(repeating: "a", count: 500), requestID: "")
        #expect(long.address.count == 100 && long.requestID == nil)
    }
}
