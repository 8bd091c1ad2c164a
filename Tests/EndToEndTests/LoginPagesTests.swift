import Collection
import Foundation
import Identity
import Postgres
import TestSupport
import Testing
import Values

/// The pages for persons, as a browser asks for them.
@Suite struct LoginPagesTests {
    private func logIn(_ visitor: PageVisitor, _ person: Newcomer, next: String = "/account") async throws {
        let begun = try await visitor.post(
            "/login",
            ["email": person.email, "password": person.password, "next": next]
        )
        #expect(begun.status == 303 && begun.location == "/login/code?next=\(next)")
        let form = try await visitor.get("/login/code?next=\(next)")
        let done = try await visitor.post("/login/code", ["code": person.code(), "csrf": form.csrf, "next": next])
        #expect(done.status == 303 && done.location == next, "\(done.text)")
    }

    @Test func `the start leads to the login, and the login back to where one wanted to go`() async throws {
        try await LiveServer.with { server in
            let lan = try await Newcomer(server.services, [RoleGrant(.finance, in: "25")], name: "Nguyễn Thị Lan")
            let visitor = PageVisitor(server.baseURL)
            #expect(try await visitor.get("/").location == "/login")
            #expect(try await visitor.get("/account").location == "/login?next=/account")
            let page = try await visitor.get("/login?next=/account")
            #expect(
                page.status == 200 && page.text.contains("<html lang=\"en\">")
                    && page.text.contains("value=\"/account\"")
            )
            try await logIn(visitor, lan)
            #expect(try await visitor.get("/").location == "/console")
            #expect(try await visitor.get("/console").text.contains("Nguyễn Thị Lan"))
            #expect(try await visitor.get("/account").text.contains("Finance staff · locality 25"))
            let account = try await visitor.get("/account")
            #expect(account.text.contains("Nguyễn Thị Lan") && account.text.contains("this one"))
            let vietnamese = try await visitor.get("/account?lang=vi")
            #expect(vietnamese.text.contains("<html lang=\"vi\">") && vietnamese.text.contains("phiên này"))
            // The choice is kept, whatever the browser prefers.
            #expect(try await visitor.get("/account").text.contains("phiên này"))
            let out = try await visitor.post("/logout", ["csrf": account.csrf])
            #expect(out.location == "/login" && visitor.cookie == nil)
            #expect(out.headers["clear-site-data"] == "\"storage\"")
        }
    }

    @Test func `every page keeps scripts, frames and other sites out, and the cookie to itself`() async throws {
        try await LiveServer.with { server in
            let lan = try await Newcomer(server.services, [RoleGrant(.finance)])
            let visitor = PageVisitor(server.baseURL)
            let begun = try await visitor.post("/login", ["email": lan.email, "password": lan.password])
            let cookie = try #require(begun.headers["set-cookie"])
            #expect(cookie.hasPrefix("__Host-khop=khopsession_"))
            for part in ["Path=/", "Secure", "HttpOnly", "SameSite=Strict"] { #expect(cookie.contains("; \(part)")) }
            #expect(!cookie.contains("Domain"))
            for path in ["/login", "/login/code", "/invite/unknown-invitation-link"] {
                let page = try await visitor.get(path)
                let policy = page.headers["content-security-policy"] ?? ""
                #expect(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"), "\(path)")
                #expect(
                    !policy.contains("unsafe") && !page.text.contains("<script") && !page.text.contains("style="),
                    "\(path)"
                )
                #expect(page.headers["cache-control"] == "no-store", "\(path)")
            }
            let style = try await visitor.get("/assets/site.css")
            #expect(style.status == 200 && style.headers["content-type"] == "text/css; charset=utf-8")
        }
    }

    @Test func `wrong passwords and codes stay on the page, and too many are told to wait`() async throws {
        try await LiveServer.with { server in
            let lan = try await Newcomer(server.services, [RoleGrant(.finance)])
            let visitor = PageVisitor(server.baseURL)
            let wrong = try await visitor.post("/login", ["email": lan.email, "password": "<b>wrong</b>"])
            #expect(wrong.status == 401 && wrong.text.contains("role=\"alert\"") && wrong.text.contains(lan.email))
            #expect(!wrong.text.contains("wrong</b>") && visitor.cookie == nil)
            _ = try await visitor.post("/login", ["email": lan.email, "password": lan.password])
            let form = try await visitor.get("/login/code")
            // With the password alone nothing is open.
            #expect(try await visitor.get("/account").location == "/login?next=/account")
            let code = try await visitor.post("/login/code", ["code": "000000", "csrf": form.csrf])
            #expect(code.status == 403 && code.text.contains("Wait for the next one"))
            for _ in 0..<4 { _ = try await visitor.post("/login/code", ["code": "000000", "csrf": form.csrf]) }
            let wait = try await visitor.post("/login/code", ["code": lan.code(), "csrf": form.csrf])
            #expect(wait.status == 429 && wait.headers["retry-after"] != nil)
        }
    }

    @Test func `a form of another site is refused, and so is one without the session's token`() async throws {
        try await LiveServer.with { server in
            let lan = try await Newcomer(server.services, [RoleGrant(.finance)])
            let visitor = PageVisitor(server.baseURL)
            try await logIn(visitor, lan)
            let csrf = try await visitor.get("/account").csrf
            let codes = "/account/recovery-codes"
            for headers in [
                ["Sec-Fetch-Site": "cross-site"], ["Sec-Fetch-Site": "same-site"], ["Origin": "https://evil.example"],
                ["Sec-Fetch-Site": "same-origin", "Origin": "null"], [:],
            ] {
                let refused = try await visitor.post(codes, ["csrf": csrf], headers)
                #expect(refused.status == 403 && !refused.text.contains("<li class=\"code\">"), "\(headers)")
                let login = try await visitor.post("/login", ["email": lan.email, "password": lan.password], headers)
                #expect(login.status == 403, "\(headers)")
            }
            for token in ["", "0", String(csrf.reversed())] {
                #expect(try await visitor.post(codes, ["csrf": token]).status == 403)
            }
            let own = server.baseURL
            #expect(try await visitor.post(codes, ["csrf": csrf], ["Origin": own]).status == 200)
            // No state is changed by a GET.
            #expect(try await visitor.get("/logout").status == 405)
        }
    }

    @Test func `no address of another site is where a login leads to`() async throws {
        try await LiveServer.with { server in
            let visitor = PageVisitor(server.baseURL)
            for next in ["https://evil.example", "//evil.example", "/%5Cevil.example", "javascript:alert(1)"] {
                let page = try await visitor.get("/login?next=\(next)")
                #expect(page.text.contains("name=\"next\" value=\"/console\""), "\(next)")
            }
        }
    }

    @Test func `an invitation is accepted in the browser, and shows the recovery codes once`() async throws {
        try await LiveServer.with { server in
            let services = server.services
            let actor = try Person(commandLine: "root")
            let invited = try await services.persons.add(
                name: "Lan <b>",
                email: "lan@test.vn",
                grants: [RoleGrant(.leader)],
                by: actor
            )
            let visitor = PageVisitor(server.baseURL)
            let path = "/invite/\(invited.token)"
            let page = try await visitor.get(path)
            #expect(page.status == 200 && page.text.contains("<svg") && page.text.contains("Lan &lt;b&gt;"))
            let authenticator = try await Authenticator(services, invited.token)
            func fields(_ password: String, _ repeated: String? = nil) -> [String: String] {
                ["password": password, "repeated": repeated ?? password, "code": authenticator.code()]
            }
            let differs = try await visitor.post(path, fields("ba con mèo trắng", "ba con mèo đen"))
            #expect(differs.status == 422 && differs.text.contains("differently"))
            let weak = try await visitor.post(path, fields("password2026"))
            #expect(weak.status == 422 && weak.text.contains("commonest"))
            let done = try await visitor.post(path, fields("ba con mèo trắng"))
            #expect(done.status == 200 && done.text.matches(of: /<li class="code">/).count == 10)
            let again = try await visitor.get(path)
            #expect(again.status == 404 && again.text.contains("Ask for a new one"))
        }
    }

    @Test func `an account page ends other sessions, changes the password, and asks for a code where it must`()
        async throws
    {
        try await LiveServer.with { server in
            let lan = try await Newcomer(server.services, [RoleGrant(.finance)])
            let visitor = PageVisitor(server.baseURL)
            try await logIn(visitor, lan)
            let other = try await lan.logIn(server.services)
            let page = try await visitor.get("/account")
            let end = "/account/sessions/\(other.session.id)/end"
            #expect(page.text.contains(end))
            #expect(try await visitor.post(end, ["csrf": page.csrf]).text.contains("The session has ended"))
            #expect(try await server.send("GET", "/v1/refunds", key: other.token).status == 401)
            _ = try await server.services.database.query(
                "update person_session set factor_at = now() - interval '1 hour'"
            )
            let change = [
                "csrf": page.csrf, "old_password": lan.password, "password": "trời mưa bong bóng",
                "repeated": "trời mưa bong bóng",
            ]
            let stale = try await visitor.post("/account/password", change)
            #expect(stale.location == "/second-factor?next=/account")
            _ = try await server.services.database.query("update person set totp_last_step = 0")
            let before = visitor.cookie
            let form = try await visitor.get("/second-factor?next=/account")
            let stepped = try await visitor.post(
                "/second-factor",
                ["csrf": form.csrf, "code": lan.recovery[0], "next": "/account"]
            )
            #expect(stepped.location == "/account" && visitor.cookie != before)
            var fields = change
            fields["csrf"] = try await visitor.get("/account").csrf
            #expect(try await visitor.post("/account/password", fields).text.contains("The password is changed"))
            // The token before the code is worth nothing to whoever stole it.
            let thief = PageVisitor(server.baseURL)
            thief.steal(before)
            #expect(try await thief.get("/account").location == "/login?next=/account")
        }
    }
}
