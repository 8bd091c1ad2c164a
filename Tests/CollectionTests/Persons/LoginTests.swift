import Collection
import Identity
import Postgres
import TestSupport
import Testing
import Values

/// Logins with password and code.
@Suite struct LoginTests {
    private func refusal(
        _ services: Services,
        _ email: String,
        _ password: String,
        _ code: String,
        from address: String = "192.0.2.1"
    ) async -> ServiceError? {
        await refused {
            try await services.logins.logIn(
                email: email,
                password: password,
                code: code,
                CallOrigin(address: address)
            )
        }
    }

    @Test func `a login takes the address in any case, the password and a code that was not used before`() async throws
    {
        try await TestDatabase.withServices { services in
            let lan = try await Newcomer(services, [RoleGrant(.finance, in: "25")])
            let code = lan.code()
            let opened = try await services.logins.logIn(
                email: " " + lan.email.uppercased(),
                password: lan.password,
                code: code,
                CallOrigin(address: "192.0.2.1")
            )
            let session = try await services.sessions.authenticate(opened.token, .bearer)
            #expect(session.caller.grants == [RoleGrant(.finance, in: "25")] && session.caller.isPerson)
            #expect(session.caller.localities == ["25"])
            // A code that somebody saw over a shoulder.
            #expect(await refusal(services, lan.email, lan.password, code)?.code == .unauthenticated)
        }
    }

    @Test func `every wrong part is answered with the same words`() async throws {
        try await TestDatabase.withServices { services in
            let lan = try await Newcomer(services, [RoleGrant(.finance)])
            let code = lan.code()
            let wrongCode = code == "000000" ? "000001" : "000000"
            let answers = [
                await refusal(services, lan.email, "another password", code),
                await refusal(services, lan.email, lan.password, wrongCode),
                await refusal(services, "nobody@test.invalid", lan.password, code),
                await refusal(services, "no address", lan.password, code),
                await refusal(services, lan.email, String(repeating: "x", count: 600), code),
            ]
            #expect(Set(answers.map { $0?.phrase }).count == 1)
            #expect(answers.allSatisfy { $0?.code == .unauthenticated })
        }
    }

    @Test func `a recovery code stands in for the phone once`() async throws {
        try await TestDatabase.withServices { services in
            let lan = try await Newcomer(services, [RoleGrant(.finance)])
            let typed = lan.recovery[3].lowercased().replacing("-", with: " ")
            #expect(await refusal(services, lan.email, lan.password, typed) == nil)
            #expect(await refusal(services, lan.email, lan.password, typed)?.code == .unauthenticated)
            #expect(await refusal(services, lan.email, lan.password, lan.recovery[4]) == nil)
        }
    }

    @Test func `failures make the account wait, longer each time, and never for ever`() async throws {
        try await TestDatabase.withServices { services in
            try await services.database.holdLoginWaits()
            let lan = try await Newcomer(services, [RoleGrant(.finance)])
            for _ in 0..<5 { #expect(await refusal(services, lan.email, "wrong", "000000")?.code == .unauthenticated) }
            func counted() async throws -> [String] {
                let rows = try await services.database.query(
                    "select row(failures, last_at)::text from login_attempt order by subject"
                )
                return try rows.map { try $0.get(0, as: String.self) }
            }
            let before = try await counted()
            let told = await refusal(services, lan.email, lan.password, lan.code())
            #expect(told?.code == .tooManyAttempts && told?.retryAfter == LoginDelay.maximumSeconds)
            // Trying while it waits makes nobody wait longer.
            let again = await refusal(services, lan.email, "wrong", "000000")
            #expect(again?.code == .tooManyAttempts)
            #expect(try await counted() == before)
            try await services.database.releaseLoginWaits()
            _ = try await services.database.query(
                """
                update login_attempt set failures = 500, last_at = now() - interval '15 minutes'
                where subject like 'account:%'
                """
            )
            _ = try await lan.logIn(services)
            // What succeeded is forgotten.
            #expect(await refusal(services, lan.email, "wrong", "000000")?.code == .unauthenticated)
        }
    }

    @Test func `a right password gives no more guesses at the code`() async throws {
        try await TestDatabase.withServices { services in
            try await services.database.holdLoginWaits()
            let lan = try await Newcomer(services, [RoleGrant(.finance)])
            let origin = CallOrigin(address: "192.0.2.1")
            var codes: [ServiceError.Code?] = []
            for _ in 0..<7 {
                let told = await refused {
                    let begun = try await services.logins.begin(email: lan.email, password: lan.password, origin)
                    let pending = try await services.sessions.pending(begun.token)
                    return try await services.logins.finish(pending, code: "000000", origin)
                }
                codes.append(told?.code)
            }
            #expect(
                codes == [
                    .forbidden, .forbidden, .forbidden, .forbidden, .forbidden, .tooManyAttempts, .tooManyAttempts,
                ]
            )
        }
    }

    @Test func `a stranger who guesses elsewhere does not lock out somebody at their own desk`() async throws {
        try await TestDatabase.withServices { services in
            try await services.database.holdLoginWaits()
            let lan = try await Newcomer(services, [RoleGrant(.finance)])
            _ = try await lan.logIn(services, from: "192.0.2.1")
            for number in 0..<6 {
                _ = await refusal(services, lan.email, "wrong", "000000", from: "198.51.100.\(number)")
            }
            let stranger = await refusal(services, lan.email, "wrong", "000000", from: "198.51.100.9")
            #expect(stranger?.code == .tooManyAttempts)
            _ = try await lan.logIn(services, from: "192.0.2.1")
        }
    }

    @Test func `many tries at once are counted as many`() async throws {
        try await TestDatabase.withServices { services in
            try await services.database.holdLoginWaits()
            let lan = try await Newcomer(services, [RoleGrant(.finance)])
            let (email, password) = (lan.email, "wrong")
            let codes = await withTaskGroup(of: ServiceError.Code?.self) { group in
                for number in 0..<24 {
                    group.addTask {
                        await refusal(services, email, password, "000000", from: "203.0.113.\(number)")?.code
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(codes.count { $0 == .unauthenticated } == 5)
            #expect(codes.count { $0 == .tooManyAttempts } == 19)
        }
    }

    @Test func `one address that tries many accounts waits, too`() async throws {
        try await TestDatabase.withServices { services in
            try await services.database.holdLoginWaits()
            for number in 0..<20 {
                let told = await refusal(services, "p\(number)@nowhere.invalid", "wrong", "000000")
                #expect(told?.code == .unauthenticated, "\(number)")
            }
            #expect(await refusal(services, "p99@nowhere.invalid", "x", "000000")?.code == .tooManyAttempts)
        }
    }

    @Test func `logins, failures and logouts are in the audit, and what was typed is not`() async throws {
        try await TestDatabase.withServices { services in
            let lan = try await Newcomer(services, [RoleGrant(.finance)])
            _ = await refusal(services, lan.email, "my secret guess", "000000")
            _ = await refusal(services, "typed-in-the-wrong-field@x.invalid", "x", "000000")
            let opened = try await lan.logIn(services)
            try await services.sessions.end(opened.session.id, by: opened.session)
            let rows = try await services.database.query(
                """
                select action, actor_id, subject, detail::text from audit_entry
                where action ~ '^(login|session|person)' order by id
                """
            )
            let actions = try rows.map { try $0.get(0, as: String.self) }
            #expect(
                actions == [
                    "person.add", "person.grant_role", "person.invite", "person.accept_invitation", "login.failed",
                    "login.failed", "login", "session.logout",
                ]
            )
            #expect(try rows[4].get(1, as: String.self) == "address:192.0.2.1")
            let id = opened.session.actor.id
            #expect(try rows[4].get(2, as: String.self) == id && (try rows[6].get(1, as: String.self)) == id)
            for row in rows {
                let text = try row.get(3, as: String.self)
                #expect(!text.contains("guess") && !text.contains("wrong-field"))
            }
        }
    }
}
