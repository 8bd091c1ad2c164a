import Collection
import Cryptography
import Foundation
import Identity
import Postgres
import TestSupport
import Testing
import Values

/// Links that log a person in once, for development and demonstration.
@Suite struct LoginLinkTests {
    private func make(_ server: LiveServer, _ person: Newcomer) async throws -> LoginLink.Made {
        let id = try await server.services.persons.find(person.email).id
        return try await server.services.loginLinks.make(for: id, by: try Person(commandLine: "root"))
    }

    @Test func `a link shows whose it is as often as it is opened, and its button enters once`() async throws {
        try await LiveServer.with { server in
            let lan = try await Newcomer(server.services, [RoleGrant(.approver)], name: "Lan <b>")
            let path = LoginLinks.path + "/" + (try await make(server, lan)).token
            for _ in 0..<2 {
                // What fetches a link to show a preview of it presses no button.
                let page = try await PageVisitor(server.baseURL).get(path)
                #expect(page.status == 200 && page.text.contains("Lan &lt;b&gt;") && page.text.contains("Approver"))
                #expect(page.headers["set-cookie"] == nil && page.headers["cache-control"] == "no-store")
            }
            let visitor = PageVisitor(server.baseURL)
            let foreign = try await visitor.post(path, [:], ["Sec-Fetch-Site": "cross-site"])
            #expect(foreign.status == 403 && visitor.cookie == nil)
            let entered = try await visitor.post(path, [:])
            #expect(entered.status == 303 && entered.location == "/console", "\(entered.text)")
            let token = try #require(visitor.cookie)
            let session = try await server.services.sessions.authenticate(token, .browser)
            #expect(session.person.email == lan.email && session.method == .link)
            // As if the code had been given just then: an approval needs no other.
            #expect(SessionRules.isFresh(session.factorAt, now: .now()))
            #expect(try await visitor.get("/account").text.contains("this one"))
            let late = PageVisitor(server.baseURL)
            #expect(try await late.get(path).status == 404)
            let again = try await late.post(path, [:])
            #expect(again.status == 404 && again.text.contains("login-link") && late.cookie == nil)
        }
    }

    @Test func `of several who press the button at once, one enters`() async throws {
        try await LiveServer.with { server in
            let lan = try await Newcomer(server.services, [RoleGrant(.finance)])
            let token = try await make(server, lan).token
            let links = server.services.loginLinks
            let entered = await withTaskGroup(of: Bool.self) { group in
                for _ in 0..<6 {
                    group.addTask {
                        do {
                            _ = try await links.use(token, CallOrigin(address: "192.0.2.1"))
                            return true
                        } catch { return false }
                    }
                }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(entered == 1)
        }
    }

    @Test func `a link that is old, replaced, or of a disabled person opens nothing`() async throws {
        try await LiveServer.with { server in
            let (services, visitor) = (server.services, PageVisitor(server.baseURL))
            let lan = try await Newcomer(services, [RoleGrant(.finance)])
            func status(_ made: LoginLink.Made) async throws -> [Int] {
                let path = LoginLinks.path + "/" + made.token
                return [try await visitor.get(path).status, try await visitor.post(path, [:]).status]
            }
            let (first, second) = (try await make(server, lan), try await make(server, lan))
            #expect(try await status(first) == [404, 404])
            #expect(try await visitor.get(LoginLinks.path + "/" + second.token).status == 200)
            _ = try await services.database.asOwner(
                "update login_link set expires_at = now() - interval '1 second' where withdrawn_at is null"
            )
            #expect(try await status(second) == [404, 404])
            let third = try await make(server, lan)
            let (id, actor) = (third.link.person.id, try Person(commandLine: "root"))
            try await services.persons.disable(id, by: actor)
            #expect(try await status(third) == [404, 404])
            // Nor does it work again with the person.
            try await services.persons.enable(id, by: actor)
            #expect(try await status(third) == [404, 404])
            #expect(visitor.cookie == nil)
        }
    }

    @Test func `a person who is disabled or has not accepted gets none`() async throws {
        try await TestDatabase.withServices { services in
            let actor = try Person(commandLine: "root")
            let invited = try await services.persons.add(
                name: "Minh",
                email: "minh@test.vn",
                grants: [RoleGrant(.leader)],
                by: actor
            )
            let lan = try await Newcomer(services, [RoleGrant(.finance)])
            let known = try await services.persons.find(lan.email)
            try await services.persons.disable(known.id, by: actor)
            for id in [invited.person.id, known.id] {
                let error = await #expect(throws: ServiceError.self) {
                    _ = try await services.loginLinks.make(for: id, by: actor)
                }
                #expect(error?.code == .conflict)
            }
        }
    }

    @Test func `where the public comes there are no links, and one that was made before opens nothing`() async throws {
        try await LiveServer.inPublic { server in
            let lan = try await Newcomer(server.services, [RoleGrant(.finance)])
            let person = try await server.services.persons.find(lan.email)
            let error = await #expect(throws: ServiceError.self) { _ = try await make(server, lan) }
            #expect(error?.code == .forbidden)
            // As if the installation had been one for development when the link was made.
            let token = "a-token-of-a-link-that-was-made-before-0123"
            _ = try await server.services.database.query(
                """
                insert into login_link (person_id, token_hash, created_by, expires_at)
                values (\(person.id)::uuid, \(Bytes(SHA256.hash(Array(token.utf8)))), 'cli:root', now() + interval '1 hour')
                """
            )
            let visitor = PageVisitor(server.baseURL)
            let page = try await visitor.get(LoginLinks.path + "/" + token)
            let used = try await visitor.post(LoginLinks.path + "/" + token, [:], ["Origin": LiveServer.publicURL])
            #expect(page.status == 404 && used.status == 404 && visitor.cookie == nil)
            let links = server.services.loginLinks
            let late = await #expect(throws: ServiceError.self) {
                _ = try await links.use(token, CallOrigin(address: "192.0.2.1"))
            }
            #expect(late?.code == .notFound)
        }
    }

    @Test func `the command prints a link whose token is not in the database, and is refused in public`() async throws {
        try await TestDatabase.withServices { services in
            let lan = try await Newcomer(services, [RoleGrant(.finance)])
            let khop = KhopProgram(services.database.pool.options)
            let arguments = ["person", "login-link", lan.email, "--json"]
            let key = ["KHOP_SECRET_KEY": SecretBox.newKeyBase64()]
            let made = try khop.run(arguments, key)
            let link = try #require(try JSON.parse(made.output)["login_url"]?.string, "\(made.errors)")
            #expect(link.hasPrefix("http://127.0.0.1:8080\(LoginLinks.path)/"))
            let token = String(link.split(separator: "/").last ?? "")
            let rows = try await services.database.query(
                """
                select (select string_agg(to_jsonb(l)::text, '') from login_link l)
                    || (select string_agg(to_jsonb(a)::text, '') from audit_entry a)
                """
            )
            let kept = try rows.row().get(0, as: String.self)
            #expect(kept.contains("person.login_link") && !kept.contains(token))
            let refused = try khop.run(
                arguments,
                key.merging(["KHOP_PUBLIC_URL": LiveServer.publicURL]) { $1 }
            )
            #expect(refused.status != 0 && refused.errors.contains("development"), "\(refused.errors)")
        }
    }
}
