import Collection
import Foundation
import Identity
import PureSupport
import Synchronization
import TestSupport
import Testing
import Values

@testable import Server

/// Logins at a terminal by an OpenID Connect provider: the browser is sent back to a port that is open for that one login.
@Suite struct TerminalLoginTests {
    private struct Terminal {
        let services: Services
        let provider: HostileProvider
        let lan: Newcomer
        let login: TerminalLogin
        let origin = CallOrigin(address: "cli:lan", userAgent: "khop")

        func count(_ action: String) async throws -> Int {
            try await services.database.query("select count(*) from audit_entry where action = \(action)").row().get(0)
        }
    }

    private static func with(_ body: (Terminal) async throws -> Void) async throws {
        try await HostileProvider.with { provider in
            var terms = ServiceOptions(publicURL: "http://127.0.0.1:1")
            terms.hasProvider = true
            try await TestDatabase.withServices(options: terms) { services in
                var options = ProviderOptions(
                    issuer: provider.issuer,
                    clientID: HostileProvider.clientID,
                    secret: HostileProvider.clientSecret
                )
                options.limits = .patient
                let lan = try await Newcomer(services, [RoleGrant(.approver)], name: "Lan", email: "lan@laocai.gov.vn")
                try await body(
                    Terminal(
                        services: services,
                        provider: provider,
                        lan: lan,
                        login: TerminalLogin(options, logins: services.providerLogins)
                    )
                )
            }
        }
    }

    /// Where a browser that was led to the provider ends.
    private static func end(of address: String, at provider: HostileProvider) throws -> String {
        let (code, state) = try provider.logIn(address)
        let items = try #require(URLComponents(string: address)?.queryItems)
        let redirect = try #require(items.first { $0.name == "redirect_uri" }?.value)
        #expect(items.contains { $0.name == "max_age" && $0.value == "0" })
        return "\(redirect)?code=\(code)&state=\(state)&iss=\(provider.issuer)"
    }

    /// What a browser is answered.
    private static func visit(_ address: String) async throws -> (status: Int, text: String) {
        let url = try #require(URLComponents(string: address))
        let page = try await PageVisitor("http://127.0.0.1:\(url.port ?? 0)").get(
            "\(url.path)?\(url.percentEncodedQuery ?? "")"
        )
        return (page.status, page.text)
    }

    @Test func `a browser of this machine logs a person in at the terminal`() async throws {
        try await Self.with { terminal in
            let (addresses, shown) = AsyncStream.makeStream(of: String.self)
            let (login, origin) = (terminal.login, terminal.origin)
            async let opening = login.listen(origin) { shown.yield($0) }
            let address = try #require(await addresses.first { _ in true })
            let ended = try Self.end(of: address, at: terminal.provider)
            #expect(ended.hasPrefix("http://127.0.0.1:"))
            // A page that tries the ports of this machine does not know the state, and disturbs nothing.
            let stranger = try await Self.visit(ended.replacing(/state=[0-9a-f]+/, with: "state=1"))
            #expect(stranger.status == 400)
            let answer = try await Self.visit(ended)
            #expect(answer.status == 200 && answer.text.contains("go back to the terminal"))
            let opened = try await opening
            #expect(opened.session.person.name == "Lan" && opened.session.kind == .bearer)
            let sessions = terminal.services.sessions
            #expect(try await sessions.authenticate(opened.token, .bearer).method == .oidc)
            await #expect(throws: ServiceError.self) { _ = try await sessions.authenticate(opened.token, .browser) }
            #expect(try await terminal.count("login") == 1)
            // The port was open for this one login.
            await #expect(throws: (any Error).self) { _ = try await Self.visit(ended) }
        }
    }

    @Test func `a browser of another machine does by what its address says in the end, once`() async throws {
        try await Self.with { terminal in
            let kept = Mutex("")
            let opened = try await terminal.login.ask(terminal.origin) { address in
                let ended = try Self.end(of: address, at: terminal.provider)
                kept.withLock { $0 = ended }
                return ended
            }
            let typed = kept.withLock { $0 }
            #expect(opened.session.factorAt != nil)
            let again = await #expect(throws: ServiceError.self) {
                _ = try await terminal.login.ask(terminal.origin) { _ in typed }
            }
            #expect(again?.code == .forbidden)
            #expect(try await terminal.count("login.failed") == 1)
            let nonsense = await #expect(throws: ServiceError.self) {
                _ = try await terminal.login.ask(terminal.origin) { _ in "not an address" }
            }
            #expect(nonsense?.code == .forbidden)
        }
    }

    @Test func `who did not log in anew at the provider is refused, and the audit says why`() async throws {
        try await Self.with { terminal in
            terminal.provider.claim(["auth_time": .integer(Instant.now().unixSeconds - 3600)])
            let refused = await #expect(throws: ServiceError.self) {
                _ = try await terminal.login.ask(terminal.origin) { try Self.end(of: $0, at: terminal.provider) }
            }
            #expect(refused?.code == .forbidden)
            let (failed, done) = (try await terminal.count("login.failed"), try await terminal.count("login"))
            #expect(failed == 1 && done == 0)
        }
    }

    @Test func `without a second factor of the provider the session waits for the code of here`() async throws {
        try await Self.with { terminal in
            terminal.provider.claim(["amr": ["pwd"]])
            let opened = try await terminal.login.ask(terminal.origin) { try Self.end(of: $0, at: terminal.provider) }
            #expect(opened.session.factorAt == nil)
            let sessions = terminal.services.sessions
            await #expect(throws: ServiceError.self) { _ = try await sessions.authenticate(opened.token, .bearer) }
            let logins = terminal.services.logins
            await #expect(throws: ServiceError.self) {
                _ = try await logins.finish(opened.session, code: "000000", terminal.origin)
            }
            let whole = try await logins.finish(opened.session, code: terminal.lan.code(), terminal.origin)
            #expect(try await sessions.authenticate(whole.token, .bearer).person.name == "Lan")
            await #expect(throws: ServiceError.self) { _ = try await sessions.authenticate(opened.token, .bearer) }
        }
    }

    @Test func `the command keeps the session for the commands after it`() async throws {
        try await Self.with { terminal in
            let folder = FileManager.default.temporaryDirectory.appendingPathComponent("khop-\(UUID().uuidString)")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            defer { do { try FileManager.default.removeItem(at: folder) } catch {} }
            let secret = folder.path + "/secret"
            try HostileProvider.clientSecret.write(toFile: secret, atomically: true, encoding: .utf8)
            let khop = KhopProgram(terminal.services.database.pool.options)
            var environment = ["KHOP_SESSION_FILE": folder.path + "/session"]
            let unset = try khop.run(["login", "--provider"], environment)
            #expect(unset.status != 0 && unset.errors.contains("KHOP_OIDC_ISSUER is not set"))
            environment["KHOP_OIDC_ISSUER"] = terminal.provider.issuer
            environment["KHOP_OIDC_CLIENT_ID"] = HostileProvider.clientID
            environment["KHOP_OIDC_CLIENT_SECRET_FILE"] = secret
            let running = try khop.start(["login", "--provider"], environment)
            defer { running.kill() }
            func address() throws -> Substring? {
                try running.errors.split(separator: "\n").first { $0.hasPrefix("http") && $0.contains("max_age=0") }
            }
            try await until("the address") { try address() != nil || !running.isRunning }
            let ended = try Self.end(of: String(try #require(try address())), at: terminal.provider)
            #expect(try await Self.visit(ended).status == 200)
            try await until("the end") { running.status != nil }
            #expect(running.status == 0)
            let known = try khop.run(["whoami"], environment)
            #expect(known.status == 0 && known.output.contains("Lan <lan@laocai.gov.vn>"))
            let both = try khop.run(["login", "--provider", "--email", "lan@laocai.gov.vn"], environment)
            #expect(both.status != 0 && both.errors.contains("--provider goes without --email"))
        }
    }
}
