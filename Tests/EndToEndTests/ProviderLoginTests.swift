import Collection
import Foundation
import HTTPTypes
import Identity
import Postgres
import Synchronization
import TestSupport
import Testing
import Values

@testable import Server

/// Logins by an OpenID Connect provider that is honest, hostile or down.
@Suite struct ProviderLoginTests {
    /// A server whose persons log in by a provider, and Lan, who was invited.
    private static func with(
        _ grants: [RoleGrant] = [RoleGrant(.finance)],
        _ body: @Sendable (LiveServer, HostileProvider) async throws -> Void
    ) async throws {
        try await HostileProvider.with { provider in
            var terms = ServiceOptions(publicURL: "http://127.0.0.1:1")
            terms.hasProvider = true
            try await TestDatabase.withServices(options: terms) { services in
                let actor = try Person(commandLine: "root")
                _ = try await services.persons.add(name: "Lan", email: "lan@laocai.gov.vn", grants: grants, by: actor)
                var options = ServerOptions(publicURL: "http://127.0.0.1:1")
                options.provider = ProviderOptions(
                    issuer: provider.issuer,
                    clientID: HostileProvider.clientID,
                    secret: HostileProvider.clientSecret
                )
                options.provider?.limits = .patient
                try await LiveServer.over(services, options) { try await body($0, provider) }
            }
        }
    }

    /// Goes to the provider and comes back; returns the page that one comes back to.
    private static func logIn(
        _ visitor: PageVisitor,
        _ provider: HostileProvider,
        at path: String = "/login/oidc?next=/account"
    ) async throws -> PageVisitor.Page {
        let led = try await visitor.get(path)
        let address = try #require(led.location, "\(led.status) \(led.text)")
        let (code, state) = try provider.logIn(address)
        return try await visitor.get("/login/oidc/callback?code=\(code)&state=\(state)")
    }

    /// The last thing that the audit says of a failed login.
    private static func lastFailure(_ services: Services) async throws -> (what: String?, subject: String)? {
        let row = try await services.database.query(
            "select detail, subject from audit_entry where action = 'login.failed' order by id desc limit 1"
        ).first
        return try row.map { (try $0.get(0, as: JSON.self)["what"]?.string, try $0.get(1)) }
    }

    private static func count(_ services: Services, _ action: String) async throws -> Int {
        try await services.database.query("select count(*) from audit_entry where action = \(action)").row().get(0)
    }

    @Test func `a person who was invited logs in, is linked once, and is known by the link from then on`() async throws
    {
        try await Self.with { server, provider in
            let visitor = PageVisitor(server.baseURL)
            #expect(try await visitor.get("/login?next=/account").text.contains("/login/oidc?next=/account"))
            let back = try await Self.logIn(visitor, provider)
            #expect(back.status == 200 && back.text.contains("http-equiv=\"refresh\" content=\"0; url=/account\""))
            #expect(back.headers["content-security-policy"]?.contains("default-src 'none'") == true)
            let account = try await visitor.get("/account")
            #expect(account.status == 200 && account.text.contains("Lan"))
            #expect(try await Self.count(server.services, "person.link_identity") == 1)
            #expect(try await Self.count(server.services, "login") == 1)
            // The address at the provider changes; the account stays who it is.
            provider.claim(["email": "lan.nguyen@elsewhere.vn", "email_verified": false])
            let other = PageVisitor(server.baseURL)
            #expect(try await Self.logIn(other, provider).status == 200)
            #expect(try await other.get("/account").text.contains("Lan"))
            #expect(try await Self.count(server.services, "person.link_identity") == 1)
        }
    }

    @Test func `the cookie of a login begun is the browser's own, comes back from another site, and ends`() async throws
    {
        try await Self.with { server, _ in
            let led = try await PageVisitor(server.baseURL).get("/login/oidc")
            let cookie = try #require(led.headers["set-cookie"])
            #expect(led.status == 303 && cookie.hasPrefix("__Host-khop-oidc="))
            for part in ["Path=/", "Secure", "HttpOnly", "SameSite=Lax", "Max-Age=600"] {
                #expect(cookie.contains("; \(part)"))
            }
            // Another site that leads here gets no further than the login.
            for site in ["cross-site", "same-site"] {
                let page = try await PageVisitor(server.baseURL).get("/login/oidc", ["Sec-Fetch-Site": site])
                #expect(page.location == "/login?next=/console" && page.headers["set-cookie"] == nil)
            }
            let address = try #require(led.location)
            #expect(address.contains("redirect_uri=http%3A%2F%2F127.0.0.1%3A1%2Flogin%2Foidc%2Fcallback"))
            // Nothing of the cookie is in the address.
            let token = try #require(cookie.firstMatch(of: /=([^;]+);/)).1
            #expect(token.utf8.count == 43 && !address.contains(token))
        }
    }

    private static let wrongClaims: [([String: JSON], String)] = [
        (["iss": "https://other.example"], "issuer"), (["aud": "another"], "audience"),
        (["aud": ["khop", "another"]], "audience"), (["azp": "another"], "audience"), (["nonce": "another"], "nonce"),
        (["nonce": nil], "nonce"), (["exp": 1_700_000_000, "iat": 1_699_999_000, "auth_time": nil], "expired"),
        (["iat": .integer(Instant.now().unixSeconds + 86_400), "auth_time": nil], "clock"),
        (["iat": .integer(Instant.now().unixSeconds - 7200), "auth_time": nil], "clock"),
        (["sub": nil], "malformed"), (["exp": "soon"], "malformed"), (["aud": nil], "malformed"),
    ]

    @Test(arguments: wrongClaims)
    func `a token that is not for this login opens nothing, and says why`(_ changes: [String: JSON], _ word: String)
        async throws
    {
        try await Self.with { server, provider in
            provider.claim(changes)
            let visitor = PageVisitor(server.baseURL)
            let refused = try await Self.logIn(visitor, provider)
            #expect(refused.status == 403 && visitor.cookie == nil, "\(refused.text)")
            #expect(refused.text.contains("href=\"/login\""))
            #expect(try await Self.lastFailure(server.services)?.what == word)
            if word == "clock" { #expect(refused.text.contains("clock")) }
        }
    }

    @Test(arguments: [
        (HostileProvider.Signing.unsigned, "algorithm"), (.publicKeyAsSecret, "algorithm"),
        (.anotherKey, "signature"), (.garbage, "signature"),
    ])
    func `what the provider's keys did not sign is not believed`(_ signing: HostileProvider.Signing, _ word: String)
        async throws
    {
        try await Self.with { server, provider in
            provider.sign(signing)
            let visitor = PageVisitor(server.baseURL)
            let refused = try await Self.logIn(visitor, provider)
            #expect(refused.status == 403 && visitor.cookie == nil)
            #expect(try await Self.lastFailure(server.services)?.what == word)
        }
    }

    @Test func `a login is good once, for the browser that began it, and for its own answer`() async throws {
        try await Self.with { server, provider in
            let visitor = PageVisitor(server.baseURL)
            let address = try #require(try await visitor.get("/login/oidc").location)
            let (code, state) = try provider.logIn(address)
            let callback = "/login/oidc/callback?code=\(code)&state=\(state)"
            // Another browser, one without any login, and another state.
            let other = PageVisitor(server.baseURL)
            #expect(try await other.get(callback).status == 403)
            _ = try await other.get("/login/oidc")
            #expect(try await other.get(callback).status == 403)
            #expect(try await Self.lastFailure(server.services)?.what == "state")
            #expect(provider.asked("/token") == 0)
            let mine = visitor.jar
            #expect(try await visitor.get(callback).status == 200)
            let replayed = PageVisitor(server.baseURL)
            replayed.jar = mine
            #expect(try await replayed.get(callback).status == 403)
            // Over ten minutes.
            let late = PageVisitor(server.baseURL)
            let again = try provider.logIn(try #require(try await late.get("/login/oidc").location))
            _ = try await server.services.database.asOwner(
                "update provider_login set begun_at = now() - interval '601 seconds' where used_at is null"
            )
            let refused = try await late.get("/login/oidc/callback?code=\(again.code)&state=\(again.state)")
            #expect(refused.status == 403 && refused.text.contains("10 minutes"))
            #expect(try await Self.count(server.services, "login") == 1)
        }
    }

    @Test func `a code that the provider does not take, and an answer without one`() async throws {
        try await Self.with { server, provider in
            let visitor = PageVisitor(server.baseURL)
            for (query, word) in [
                ("code=made-up", "code"), ("error=access_denied", "denied"), ("", "malformed"),
                ("error=temporarily_unavailable", "unavailable"), ("code=x&iss=https://other.example", "issuer"),
            ] {
                let address = try #require(try await visitor.get("/login/oidc").location)
                let state = try provider.logIn(address).state
                let refused = try await visitor.get("/login/oidc/callback?state=\(state)&\(query)")
                #expect(refused.status == (word == "unavailable" ? 503 : 403))
                #expect(try await Self.lastFailure(server.services)?.what == word, "\(query)")
            }
            #expect(visitor.cookie == nil)
        }
    }

    @Test func `what the provider says is kept, and its keys are asked for anew when a token names another`()
        async throws
    {
        try await Self.with { server, provider in
            let first = try await Self.logIn(PageVisitor(server.baseURL), provider)
            #expect(first.status == 200)
            #expect(try await Self.logIn(PageVisitor(server.baseURL), provider).status == 200)
            #expect(provider.asked("/jwks") == 1 && provider.asked("/.well-known/openid-configuration") == 1)
        }
    }

    @Test func `new keys are asked for no more often than twice a minute, whether a token names its key or not`()
        async throws
    {
        try await HostileProvider.with { provider in
            // A time that stands still unless it is told to pass.
            let start = Instant.now()
            let passed = Mutex<Int64>(0)
            let seconds = start.unixSeconds
            provider.claim(["iat": .integer(seconds), "auth_time": .integer(seconds), "exp": .integer(seconds + 300)])
            let own = OpenIDProvider(
                ProviderOptions(
                    issuer: provider.issuer,
                    clientID: HostileProvider.clientID,
                    secret: HostileProvider.clientSecret
                ),
                publicURL: "http://127.0.0.1:1",
                connection: ProviderConnection(limits: .patient),
                now: { start.adding(seconds: passed.withLock { $0 }) }
            )
            func claims() async throws -> String {
                let attempt = ProviderAttempt(token: UUID().uuidString)
                let code = try provider.logIn(try await own.address(for: attempt, again: false)).code
                return try await own.claims(for: code, of: attempt, since: nil).subject
            }
            let subject = try await claims()
            #expect(subject == "4711" && provider.asked("/jwks") == 1)
            for (round, (id, isNamed)) in [("two", true), ("three", false)].enumerated() {
                provider.changeKey(id)
                provider.nameKey(isNamed)
                for _ in 0..<3 { await #expect(throws: ProviderFault.signature) { try await claims() } }
                #expect(provider.asked("/jwks") == 1 + round)
                passed.withLock { $0 += 31 }
                #expect(try await claims() == "4711")
                #expect(provider.asked("/jwks") == 2 + round)
            }
        }
    }

    @Test func `who was not invited, is disabled, or has an address that nobody vouches for is told so`() async throws {
        try await Self.with { server, provider in
            for (changes, word) in [
                (["email": "stranger@laocai.gov.vn"], "unknown_person"), (["email_verified": false], "email"),
                (["email": nil], "email"), (["email_verified": nil], "email"),
            ] as [([String: JSON], String)] {
                provider.claim(changes)
                #expect(try await Self.logIn(PageVisitor(server.baseURL), provider).status == 403)
                #expect(try await Self.lastFailure(server.services)?.what == word)
            }
            provider.claim([:])
            #expect(try await Self.logIn(PageVisitor(server.baseURL), provider).status == 200)
            // Another account at the provider that claims the same address is not the person.
            provider.claim(["sub": "4712"])
            #expect(try await Self.logIn(PageVisitor(server.baseURL), provider).status == 403)
            let lan = try await server.services.persons.find("lan@laocai.gov.vn")
            let failure = try await Self.lastFailure(server.services)
            #expect(failure?.what == "linked_to_another" && failure?.subject == lan.actor.id)
            let actor = try Person(commandLine: "root")
            try await server.services.persons.unlink(lan.id, by: actor)
            #expect(try await Self.logIn(PageVisitor(server.baseURL), provider).status == 200)
            try await server.services.persons.disable(lan.id, by: actor)
            #expect(try await Self.logIn(PageVisitor(server.baseURL), provider).status == 403)
            #expect(try await Self.lastFailure(server.services)?.what == "disabled_person")
            let persons = try await server.services.persons.list().count { $0.email.hasSuffix("laocai.gov.vn") }
            #expect(persons == 1)
        }
    }
}
