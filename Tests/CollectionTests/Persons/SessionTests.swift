import Collection
import Identity
import Postgres
import TestSupport
import Testing
import Values

/// Sessions: how they end, and what a fresh code is for.
@Suite struct SessionTests {
    private func isGood(_ services: Services, _ token: String) async -> Bool {
        await refused { try await services.sessions.authenticate(token, .bearer) } == nil
    }

    @Test func `a session ends by idling, by its age, and at once when its owner says so`() async throws {
        try await TestDatabase.withServices { services in
            let database = services.database
            for (change, why) in [
                ("last_used_at = now() - interval '15 minutes'", "idle"),
                ("created_at = now() - interval '8 hours'", "over"),
            ] {
                let token = try await TestPerson.session(.finance, database)
                #expect(await isGood(services, token))
                _ = try await database.asOwner(
                    Query(trustedSQL: "update person_session set \(change) where ended_at is null")
                )
                #expect(await !isGood(services, token))
                let ended = try await database.query("select ended_why from person_session order by id desc limit 1")
                #expect(try ended.row().get(0, as: String.self) == why)
            }
            let lan = try await Newcomer(services, [RoleGrant(.finance)])
            let (one, two) = (try await lan.logIn(services), try await lan.logIn(services))
            #expect(try await services.sessions.list(of: one.session.person.id).count == 2)
            try await services.sessions.end(two.session.id, by: one.session)
            #expect(await isGood(services, one.token))
            #expect(await !isGood(services, two.token))
            let stranger = try await services.sessions.authenticate(
                TestPerson.session(.finance, database),
                .bearer
            )
            #expect(await refused { try await services.sessions.end(one.session.id, by: stranger) }?.code == .notFound)
        }
    }

    @Test func `a change of roles, of the password, or of the person ends sessions`() async throws {
        try await TestDatabase.withServices { services in
            let actor = try Person(commandLine: "root")
            for change in ["grant", "revoke", "disable"] {
                let lan = try await Newcomer(services, [RoleGrant(.finance)])
                let opened = try await lan.logIn(services)
                let id = opened.session.person.id
                switch change {
                case "grant": try await services.persons.grant(RoleGrant(.auditor), to: id, by: actor)
                case "revoke": try await services.persons.revoke(RoleGrant(.finance), of: id, by: actor)
                default: try await services.persons.disable(id, by: actor)
                }
                #expect(await !isGood(services, opened.token), "\(change)")
            }
            let lan = try await Newcomer(services, [RoleGrant(.finance)])
            let (one, two) = (try await lan.logIn(services), try await lan.logIn(services))
            let wrong = await refused {
                try await services.persons.changePassword(of: one.session, from: "wrong", to: "trời mưa bong bóng")
            }
            #expect(wrong?.faults.first?.pointer == "old_password")
            try await services.persons.changePassword(of: one.session, from: lan.password, to: "trời mưa bong bóng")
            #expect(await isGood(services, one.token))
            #expect(await !isGood(services, two.token))
        }
    }

    @Test func `a code is fresh for five minutes, and another makes it fresh again`() async throws {
        try await TestDatabase.withServices { services in
            let lan = try await Newcomer(services, [RoleGrant(.approver)])
            let opened = try await lan.logIn(services)
            let fresh = try await services.sessions.authenticate(opened.token, .bearer)
            try fresh.caller.require(.approveRefund)
            _ = try await services.database.query("update person_session set factor_at = now() - interval '5 minutes'")
            let stale = try await services.sessions.authenticate(opened.token, .bearer)
            #expect(await refused { try stale.caller.require(.approveRefund) }?.code == .secondFactorNeeded)
            try stale.caller.require(.readRefunds)
            let replayed = await refused { try await services.sessions.stepUp(stale, code: "000000") }
            #expect(replayed?.code == .forbidden)
            _ = try await services.sessions.stepUp(stale, code: lan.code())
            try await services.sessions.authenticate(opened.token, .bearer).caller.require(.approveRefund)
        }
    }

    @Test func `a browser's token is no bearer token, and changes with each step`() async throws {
        try await TestDatabase.withServices { services in
            let lan = try await Newcomer(services, [RoleGrant(.finance)])
            let origin = CallOrigin(address: "192.0.2.1", userAgent: "test")
            let begun = try await services.logins.begin(email: lan.email, password: lan.password, origin)
            #expect(await refused { try await services.sessions.authenticate(begun.token, .browser) } != nil)
            let pending = try await services.sessions.pending(begun.token)
            #expect(pending.caller.grants.isEmpty)
            let opened = try await services.logins.finish(pending, code: lan.code(), origin)
            #expect(opened.token != begun.token)
            #expect(await refused { try await services.sessions.pending(begun.token) } != nil)
            #expect(await refused { try await services.sessions.authenticate(opened.token, .bearer) } != nil)
            let session = try await services.sessions.authenticate(opened.token, .browser)
            _ = try await services.database.query("update person set totp_last_step = 0")
            let stepped = try #require(try await services.sessions.stepUp(session, code: lan.code()))
            #expect(await refused { try await services.sessions.authenticate(opened.token, .browser) } != nil)
            let kept = try await services.sessions.authenticate(stepped.token, .browser)
            // Another token does not make a session younger.
            #expect(kept.createdAt == session.createdAt)
        }
    }
}
