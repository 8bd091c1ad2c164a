import Cryptography
import Identity
import Postgres
import Values

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Logins of persons, with a password and a code.
public struct Logins: Sendable {
    private let database: Database
    private let attempts: LoginAttempts
    private let factor: SecondFactor
    private let hasher: PasswordHasher
    /// Whether persons log in by a provider of accounts, so that a password is for when that is down.
    private let hasProvider: Bool

    init(
        _ database: Database,
        attempts: LoginAttempts,
        factor: SecondFactor,
        hasher: PasswordHasher,
        hasProvider: Bool
    ) {
        self.database = database
        self.attempts = attempts
        self.factor = factor
        self.hasher = hasher
        self.hasProvider = hasProvider
    }

    /// Forgets failures that delay nothing any more; returns how many.
    public func expireAttempts() async throws -> Int { try await attempts.expire() }

    /// Whose password was right.
    private struct Proved: Sendable {
        let person: KnownPerson
        let hash: String
        let attempt: LoginAttempts.Try
    }

    /// One answer for every failure: it says nothing about which part was wrong, or whether there is such a person.
    private static let refusal = ServiceError(
        .unauthenticated,
        Phrase(
            vi: "Địa chỉ thư, mật khẩu hoặc mã xác thực không đúng.",
            en: "The e-mail address, the password or the code is wrong."
        )
    )

    /// A login in one step, for programs that a person runs.
    public func logIn(email: String, password: String, code: String, _ origin: CallOrigin) async throws
        -> OpenedSession
    {
        let proved = try await prove(email, password, origin)
        return try await finish(
            proved.person,
            code,
            proved.attempt,
            .bearer,
            .password,
            origin,
            hash: proved.hash,
            password
        )
    }

    /// The first step in a browser: the password. The session does nothing until the code is given.
    public func begin(email: String, password: String, _ origin: CallOrigin) async throws -> OpenedSession {
        let proved = try await prove(email, password, origin)
        return try await database.transaction { tx in
            try LoginAttempts.passed(proved.attempt, tx)
            return try Sessions.open(proved.person.id, .browser, .password, factorAt: nil, origin, tx)
        }
    }

    /// The second step after a password, or a provider without a second factor: the code. The session gets another token.
    public func finish(_ session: PersonSession, code: String, _ origin: CallOrigin) async throws -> OpenedSession {
        let attempt = try await attempts.begin(email: session.person.email, origin)
        return try await finish(
            session.person,
            code,
            attempt,
            session.kind,
            session.method,
            origin,
            replacing: session.id
        )
    }

    private func prove(_ email: String, _ password: String, _ origin: CallOrigin) async throws -> Proved {
        guard password.utf8.count <= PasswordRules.maximumBytes, let address = EmailAddress(email) else {
            throw Logins.refusal
        }
        let attempt = try await attempts.begin(email: address.text, origin)
        let rows = try await database.query(
            Query(
                trustedSQL: """
                    select \(KnownPerson.columns), p.password_hash from person p
                    where p.email = $1 and p.disabled_at is null
                    """,
                binding: [address.text]
            )
        )
        let person = try rows.first.map { try KnownPerson($0) }
        let hash = try rows.first?.get(7, as: String?.self)
        let isRight = try await hasher.verifies(hash, password)
        guard isRight, let person, let hash else {
            try await fail(person, origin, "password")
            throw Logins.refusal
        }
        return Proved(person: person, hash: hash, attempt: attempt)
    }

    private func fail(_ person: KnownPerson?, _ origin: CallOrigin, _ what: String) async throws {
        let actor = Person(id: "address:\(origin.address)", name: origin.address, from: origin)
        // What was typed for an address that nobody has is not kept: it may be a password.
        let subject = person.map { "person:\($0.id.text)" } ?? "person"
        try await database.transaction { tx in
            try Audit.record(tx, actor, "login.failed", subject, ["what": .string(what)])
        }
    }

    private func finish(
        _ person: KnownPerson,
        _ code: String,
        _ attempt: LoginAttempts.Try,
        _ kind: PersonSession.Kind,
        _ method: PersonSession.Method,
        _ origin: CallOrigin,
        hash: String? = nil,
        _ password: String? = nil,
        replacing pending: Int64? = nil
    ) async throws -> OpenedSession {
        let renewed = try await renewed(hash, password)
        let now = Instant.now()
        let isBreakGlass = hasProvider && method == .password
        let opened = try await database.transaction { tx -> OpenedSession? in
            guard let factor = try factor.take(code, of: person.id, at: now, tx) else { return nil }
            try LoginAttempts.succeeded(attempt, tx)
            if let pending {
                let ended = try tx.query(
                    """
                    update person_session set ended_at = now(), ended_why = 'replaced'
                    where id = \(pending)::bigint and ended_at is null returning 1
                    """
                )
                guard ended.count == 1 else { throw Logins.refusal }
            }
            if let renewed {
                try tx.query("update person set password_hash = \(renewed) where id = \(person.id)::uuid")
            }
            var opened = try Sessions.open(person.id, kind, method, factorAt: now, origin, tx)
            opened.isBreakGlass = isBreakGlass
            let action = isBreakGlass ? "login.break_glass" : "login"
            try Logins.record(action, opened.session, factor: factor.rawValue, from: origin, tx)
            return opened
        }
        guard let opened else {
            try await fail(person, origin, "code")
            throw kind == .browser ? ServiceError.wrongCode : Logins.refusal
        }
        return opened
    }

    /// Writes the entry of a login.
    static func record(
        _ action: String,
        _ session: PersonSession,
        factor: String,
        from origin: CallOrigin,
        _ tx: borrowing Transaction
    ) throws {
        let detail: JSON = [
            "kind": .string(session.kind.rawValue), "method": .string(session.method.rawValue),
            "factor": .string(factor),
        ]
        try Audit.record(tx, session.person.actor(from: origin), action, "session:\(session.id)", detail)
    }

    /// The hash anew, if it was made at another cost.
    private func renewed(_ hash: String?, _ password: String?) async throws -> String? {
        guard let hash, let password, PasswordHash.isOutdated(hash, cost: hasher.cost) else { return nil }
        return try await hasher.hash(password)
    }
}
