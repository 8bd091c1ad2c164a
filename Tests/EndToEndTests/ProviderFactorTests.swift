import Casework
import Collection
import Foundation
import Identity
import Postgres
import TestSupport
import Testing
import Values

@testable import Server

/// The second factor of those who log in by a provider, and what happens while the provider is down.
@Suite struct ProviderFactorTests {
    private static func with(
        levels: [String] = [],
        _ body: @Sendable (LiveServer, HostileProvider, Newcomer) async throws -> Void
    ) async throws {
        try await HostileProvider.with { provider in
            var terms = ServiceOptions(publicURL: "http://127.0.0.1:1")
            terms.hasProvider = true
            try await TestDatabase.withServices(options: terms) { services in
                var options = ServerOptions(publicURL: "http://127.0.0.1:1")
                options.provider = ProviderOptions(
                    issuer: provider.issuer,
                    clientID: HostileProvider.clientID,
                    secret: HostileProvider.clientSecret,
                    levels: levels
                )
                options.provider?.limits = .patient
                try await LiveServer.over(services, options) { server in
                    let lan = try await Newcomer(
                        server.services,
                        [RoleGrant(.approver)],
                        name: "Lan",
                        email: "lan@laocai.gov.vn"
                    )
                    try await body(server, provider, lan)
                }
            }
        }
    }

    private static func logIn(_ visitor: PageVisitor, _ provider: HostileProvider, _ path: String = "/login/oidc")
        async throws -> PageVisitor.Page
    {
        let address = try #require(try await visitor.get(path).location)
        let (code, state) = try provider.logIn(address)
        return try await visitor.get("/login/oidc/callback?code=\(code)&state=\(state)")
    }

    @Test func `without the provider's second factor a code of ours is asked for`() async throws {
        try await Self.with { server, provider, lan in
            provider.claim(["amr": ["pwd"]])
            let visitor = PageVisitor(server.baseURL)
            let back = try await Self.logIn(visitor, provider, "/login/oidc?next=/account")
            #expect(back.text.contains("url=/login/code?next=/account"))
            #expect(try await visitor.get("/account").location == "/login?next=/account")
            let form = try await visitor.get("/login/code?next=/account")
            let done = try await visitor.post(
                "/login/code",
                ["code": lan.code(), "csrf": form.csrf, "next": "/account"]
            )
            #expect(done.location == "/account")
            #expect(try await visitor.get("/account").text.contains("Lan"))
            // It was the provider who said who it is: no glass was broken.
            let actions = try await server.services.database.query(
                "select action from audit_entry where action like 'login%' order by id"
            ).map { try $0.get(0, as: String.self) }
            #expect(actions == ["login"])
        }
    }

    @Test func `who has no second factor anywhere is told how to get one`() async throws {
        try await Self.with { server, provider, _ in
            let actor = try Person(commandLine: "root")
            _ = try await server.services.persons.add(
                name: "Hoa",
                email: "hoa@laocai.gov.vn",
                grants: [RoleGrant(.finance)],
                by: actor
            )
            provider.claim(["amr": nil, "sub": "2", "email": "hoa@laocai.gov.vn"])
            let refused = try await Self.logIn(PageVisitor(server.baseURL), provider)
            #expect(refused.status == 403 && refused.text.contains("invitation"))
            provider.claim(["amr": ["mfa"], "sub": "2", "email": "hoa@laocai.gov.vn"])
            #expect(try await Self.logIn(PageVisitor(server.baseURL), provider).status == 200)
        }
    }

    @Test func `a provider that says it in acr is asked for it and believed`() async throws {
        try await Self.with(levels: ["loa-3"]) { server, provider, _ in
            let visitor = PageVisitor(server.baseURL)
            let address = try await visitor.get("/login/oidc").location
            #expect(address?.contains("acr_values=loa-3") == true)
            provider.claim(["amr": nil, "acr": "loa-2"])
            #expect(try await Self.logIn(visitor, provider).text.contains("url=/login/code"))
            provider.claim(["amr": nil, "acr": "loa-3"])
            #expect(try await Self.logIn(visitor, provider).text.contains("url=/console"))
        }
    }

    @Test func `a fresh factor is a new login at the provider, by the same person`() async throws {
        try await Self.with { server, provider, _ in
            let database = server.services.database
            let visitor = PageVisitor(server.baseURL)
            _ = try await Self.logIn(visitor, provider)
            let before = visitor.cookie
            _ = try await database.query("update person_session set factor_at = now() - interval '1 hour'")
            let again = "/second-factor/oidc?next=/account"
            #expect(try await visitor.get("/second-factor?next=/account").text.contains(again))
            let address = try #require(try await visitor.get(again).location)
            #expect(address.contains("prompt=login") && address.contains("max_age=0"))
            // An old login, none told of, one without a second factor, and somebody else are not one.
            let old = Instant.now().unixSeconds - 300
            for (changes, word) in [
                (["auth_time": .integer(old)], "not_authenticated_anew"),
                (["auth_time": nil], "not_authenticated_anew"),
                (["amr": ["pwd"]], "no_second_factor"), (["sub": "2"], "other_person"),
            ] as [([String: JSON], String)] {
                provider.claim(changes)
                #expect(try await Self.logIn(visitor, provider, again).status == 403)
                let last = try await database.query(
                    "select detail from audit_entry where action = 'login.failed' order by id desc limit 1"
                ).row().get(0, as: JSON.self)
                #expect(last["what"]?.string == word)
            }
            provider.claim([:])
            #expect(try await Self.logIn(visitor, provider, again).text.contains("url=/account"))
            #expect(visitor.cookie != before)
            let fresh = try await database.query(
                "select count(*) from person_session where ended_at is null and factor_at > now() - interval '1 minute'"
            ).row().get(0, as: Int.self)
            #expect(fresh == 1)
            // The token before is worth nothing.
            let thief = PageVisitor(server.baseURL)
            thief.steal(before)
            #expect(try await thief.get("/account").location == "/login?next=/account")
        }
    }

    @Test(arguments: ["refused", "answers nonsense", "is another's", "answers 500", "answers without end"])
    func `while the provider is down a local login is possible, and told of`(_ how: String) async throws {
        try await Self.with { server, provider, lan in
            let path = "/.well-known/openid-configuration"
            switch how {
            case "answers nonsense": provider.misbehave(at: path, .answer(200, "<html>"))
            case "is another's":
                provider.misbehave(at: path, .answer(200, "{\"issuer\":\"https://other.example\"}"))
            case "answers 500": provider.misbehave(at: path, .answer(500, "{}"))
            case "answers without end": provider.misbehave(at: path, .endless)
            default: provider.misbehave(at: path, .answer(403, ""))
            }
            let visitor = PageVisitor(server.baseURL)
            let down = try await visitor.get("/login/oidc")
            #expect(down.status == 503 && down.text.contains("href=\"/login\"") && down.text.contains("password"))
            #expect(down.headers["set-cookie"]?.contains("__Host-khop-oidc=;") == true)
            _ = try await visitor.post("/login", ["email": lan.email, "password": lan.password])
            let form = try await visitor.get("/login/code")
            #expect(try await visitor.post("/login/code", ["code": lan.code(), "csrf": form.csrf]).status == 303)
            let metrics = try await server.send("GET", "/metrics").text
            #expect(metrics.contains("khop_break_glass_logins_total"))
            let today = Instant.now().day
            let raised = try await server.services.alarms.raise(on: today).map(\.kind)
            let open = try await server.services.cases.alarms()
            #expect((raised + open).contains(.breakGlass))
            // Once it answers again, so it goes.
            provider.misbehave(at: path, nil)
            #expect(try await Self.logIn(PageVisitor(server.baseURL), provider).status == 200)
        }
    }

    @Test func `a provider that is slow or sends too much is no answer, whatever was asked`() async throws {
        try await HostileProvider.with { provider in
            provider.misbehave(at: "/slow", .silent)
            provider.misbehave(at: "/long", .endless)
            var limits = ProviderConnection.Limits.patient
            let connection = ProviderConnection(limits: limits)
            await #expect(throws: ProviderFault.unavailable) {
                try await connection.ask(.init(url: provider.issuer + "/long"))
            }
            limits.wholeMilliseconds = 300
            let hasty = ProviderConnection(limits: limits)
            await #expect(throws: ProviderFault.unavailable) {
                try await hasty.ask(.init(url: provider.issuer + "/slow"))
            }
            await #expect(throws: ProviderFault.unavailable) {
                try await connection.ask(.init(url: "http://127.0.0.1:1/"))
            }
            // Redirects are not followed.
            let moved = try await connection.ask(.init(url: provider.issuer + "/nothing"))
            #expect(moved.status == 404)
            await #expect(throws: ProviderFault.unavailable) {
                try await connection.ask(.init(url: "file:///etc/passwd"))
            }
        }
    }
}

extension ProviderConnection.Limits {
    /// How long something may take on a busy machine is not what tests are about.
    static let patient = ProviderConnection.Limits(connectMilliseconds: 600_000, wholeMilliseconds: 600_000)
}

extension Cases {
    /// The kinds of the alarms that are open.
    fileprivate func alarms() async throws -> [Alarm.Kind] {
        try await list(Cases.Filter(kind: "alarm", state: "open"), limit: 100).compactMap {
            $0.json(in: .english)["evidence"]?["alarm"]?.string.flatMap { Alarm.Kind(rawValue: $0) }
        }
    }
}
