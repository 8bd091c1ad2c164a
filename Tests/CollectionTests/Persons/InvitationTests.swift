import Collection
import Cryptography
import Identity
import Postgres
import TestSupport
import Testing
import Values

/// Invitations: the only way to a password.
@Suite struct InvitationTests {
    private func invite(_ services: Services, _ email: String = "lan@test.invalid") async throws -> Invited {
        try await services.persons.add(
            name: "Nguyễn Thị Lan",
            email: email,
            grants: [RoleGrant(.finance)],
            by: try Person(commandLine: "root")
        )
    }

    private func code(_ services: Services, _ token: String) async throws -> String {
        let secret = try #require(Base32.decode(try await services.persons.invitation(token).secret))
        return OneTimeCode.code(MACKey(secret), step: OneTimeCode.step(at: .now()))
    }

    @Test func `an invitation is accepted once, with a password that holds and the code of the authenticator`()
        async throws
    {
        try await TestDatabase.withServices { services in
            let token = try await invite(services).token
            let right = try await code(services, token)
            let weak = await refused {
                try await services.persons.accept(token, password: "password2026", code: right)
            }
            #expect(weak?.code == .invalidBody && weak?.faults.first?.pointer == "password")
            let own = await refused {
                try await services.persons.accept(token, password: "nguyen thi lan", code: right)
            }
            #expect(own?.faults.first?.pointer == "password")
            let other = right == "000000" ? "000001" : "000000"
            let wrong = await refused {
                try await services.persons.accept(token, password: "ba con mèo trắng", code: other)
            }
            #expect(wrong?.faults.first?.pointer == "code")
            let codes = try await services.persons.accept(token, password: "ba con mèo trắng", code: right)
            #expect(Set(codes).count == 10)
            let again = await refused {
                try await services.persons.accept(token, password: "ba con mèo trắng", code: right)
            }
            #expect(again?.code == .notFound)
        }
    }

    @Test func `two who accept one invitation at once: one succeeds`() async throws {
        try await TestDatabase.withServices { services in
            let token = try await invite(services).token
            let right = try await code(services, token)
            let accepted = await withTaskGroup(of: Bool.self) { group in
                for _ in 0..<6 {
                    group.addTask {
                        await refused {
                            try await services.persons.accept(token, password: "ba con mèo trắng", code: right)
                        } == nil
                    }
                }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(accepted == 1)
        }
    }

    @Test func `an invitation that is old, replaced, or of a disabled person is worth nothing`() async throws {
        try await TestDatabase.withServices { services in
            let first = try await invite(services)
            let actor = try Person(commandLine: "root")
            let second = try await services.persons.invite(first.person.id, by: actor)
            #expect(await refused { try await services.persons.invitation(first.token) }?.code == .notFound)
            _ = try await services.persons.invitation(second.token)
            _ = try await services.database.asOwner(
                "update invitation set expires_at = now() - interval '1 second' where used_at is null"
            )
            #expect(await refused { try await services.persons.invitation(second.token) }?.code == .notFound)
            let third = try await services.persons.invite(first.person.id, by: actor)
            try await services.persons.disable(first.person.id, by: actor)
            #expect(await refused { try await services.persons.invitation(third.token) }?.code == .notFound)
            #expect(await refused { try await services.persons.invite(first.person.id, by: actor) }?.code == .conflict)
        }
    }

    @Test func `a new invitation ends the old password, the old authenticator and the sessions`() async throws {
        try await TestDatabase.withServices { services in
            let lan = try await Newcomer(services, [RoleGrant(.finance)])
            let session = try await lan.logIn(services)
            let actor = try Person(commandLine: "root")
            let invited = try await services.persons.invite(session.session.person.id, by: actor)
            // Until it is accepted nothing changes: whoever asked for it may not be the person.
            _ = try await services.sessions.authenticate(session.token, .bearer)
            let right = try await code(services, invited.token)
            _ = try await services.persons.accept(invited.token, password: "trời mưa bong bóng", code: right)
            #expect(await refused { try await services.sessions.authenticate(session.token, .bearer) } != nil)
            #expect(await refused { try await lan.logIn(services) }?.code == .unauthenticated)
        }
    }

    @Test func `nothing secret lies in the database as it is`() async throws {
        try await TestDatabase.withServices { services in
            let lan = try await Newcomer(services, [RoleGrant(.finance)])
            let session = try await lan.logIn(services)
            let rows = try await services.database.query(
                """
                select (select string_agg(to_jsonb(p)::text, '') from person p)
                    || (select string_agg(to_jsonb(s)::text, '') from person_session s)
                    || (select string_agg(to_jsonb(i)::text, '') from invitation i)
                    || (select string_agg(to_jsonb(c)::text, '') from recovery_code c)
                    || (select string_agg(to_jsonb(a)::text, '') from audit_entry a)
                """
            )
            let text = try rows.row().get(0, as: String.self)
            #expect(text.contains("$argon2id$"))
            for secret in [lan.password, session.token, lan.recovery[0]] {
                #expect(!text.contains(secret), "\(secret)")
            }
        }
    }
}
