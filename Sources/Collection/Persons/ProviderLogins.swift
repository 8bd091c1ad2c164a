import Cryptography
public import Identity
import Postgres
import Values

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Logins of persons by an OpenID Connect provider. The provider says who somebody is; who may do something here, and that
/// there is such a person at all, is said here alone.
public struct ProviderLogins: Sendable {
    private let database: Database

    init(_ database: Database) { self.database = database }

    /// Begins a login.
    ///
    /// - Parameters:
    ///   - next: the path to go to afterwards, of at most 500 characters.
    ///   - session: the session that a second factor is given anew for; `nil` for a new login.
    public func begin(next: String, again session: PersonSession? = nil) async throws -> ProviderAttempt {
        let attempt = ProviderAttempt(token: randomToken(length: ProviderAttempt.tokenLength))
        _ = try await database.query(
            """
            insert into provider_login (token_hash, begun_at, next_path, session_id)
            values (\(Sessions.hash(attempt.token)), now(), \(next), \(session?.id)::bigint)
            """
        )
        return attempt
    }

    /// Takes the login that a browser began, once.
    ///
    /// - Parameters:
    ///   - attempt: of the browser's cookie.
    ///   - state: what came back with the answer.
    /// - Throws: ``ProviderFault/state`` if it is not the browser's, was taken before, or is older than ten minutes.
    public func take(_ attempt: ProviderAttempt, state: String) async throws -> BegunProviderLogin {
        guard attempt.token.utf8.count == ProviderAttempt.tokenLength,
            areEqual(Array(attempt.state.utf8), Array(state.utf8))
        else { throw ProviderFault.state }
        let since = Instant.now().adding(seconds: -IDTokenRules.pendingSeconds)
        let row = try await database.query(
            """
            update provider_login set used_at = now()
            where token_hash = \(Sessions.hash(attempt.token)) and used_at is null and begun_at > \(since)::timestamptz
            returning next_path, begun_at, session_id
            """
        ).first
        guard let row else { throw ProviderFault.state }
        return BegunProviderLogin(next: try row.get(0), begunAt: try row.get(1), sessionID: try row.get(2))
    }

    /// Why a login ended without a session, and whose it was.
    private struct Refused: Error {
        let fault: ProviderFault
        var person: UUID?
    }

    /// Opens a session for the person that a token is of, whose claims are good. Without the provider's second factor the
    /// session does nothing until a code is given.
    ///
    /// - Parameters:
    ///   - levels: what `acr` says at the provider after a second factor.
    ///   - kind: what a new session's token is carried by.
    /// - Throws: ``ProviderFault``, which is in the audit then.
    public func finish(
        _ claims: IDTokenClaims,
        of begun: BegunProviderLogin,
        levels: [String],
        as kind: PersonSession.Kind = .browser,
        _ origin: CallOrigin
    ) async throws -> OpenedSession {
        let result = try await database.transaction { tx -> Result<OpenedSession, Refused> in
            do {
                guard let id = begun.sessionID else {
                    return .success(try ProviderLogins.open(claims, levels, kind, origin, tx))
                }
                return .success(try ProviderLogins.renew(id, claims, levels, origin, tx))
            } catch let refused as Refused { return .failure(refused) }
        }
        switch result {
        case .success(let opened): return opened
        case .failure(let refused):
            try await record(refused.fault, of: refused.person, origin)
            throw refused.fault
        }
    }

    /// Writes down that a login by the provider failed.
    public func record(_ fault: ProviderFault, _ origin: CallOrigin) async throws {
        try await record(fault, of: nil, origin)
    }

    private func record(_ fault: ProviderFault, of person: UUID?, _ origin: CallOrigin) async throws {
        let actor = Person(id: "address:\(origin.address)", name: origin.address, from: origin)
        let subject = person.map { "person:\($0.text)" } ?? "person"
        let detail: JSON = ["method": "oidc", "what": .string(fault.word)]
        try await database.transaction { tx in try Audit.record(tx, actor, "login.failed", subject, detail) }
    }

    private static func open(
        _ claims: IDTokenClaims,
        _ levels: [String],
        _ kind: PersonSession.Kind,
        _ origin: CallOrigin,
        _ tx: borrowing Transaction
    ) throws -> OpenedSession {
        let known = try linked(claims, tx)
        let person = try known ?? invited(claims, tx)
        guard person.disabledAt == nil else { throw Refused(fault: .disabledPerson, person: person.id) }
        let hasFactor = claims.hasSecondFactor(levels: levels)
        guard hasFactor || person.isReady else { throw Refused(fault: .noSecondFactor, person: person.id) }
        if known == nil { try link(person, claims, origin, tx) }
        let now = Instant.now()
        let opened = try Sessions.open(person.id, kind, .oidc, factorAt: hasFactor ? now : nil, origin, tx)
        // Who still has to give a code has not logged in yet.
        if hasFactor { try Logins.record("login", opened.session, factor: "provider", from: origin, tx) }
        return opened
    }

    /// The second factor of a session given anew, by another login at the provider.
    private static func renew(
        _ id: Int64,
        _ claims: IDTokenClaims,
        _ levels: [String],
        _ origin: CallOrigin,
        _ tx: borrowing Transaction
    ) throws -> OpenedSession {
        let session = try Sessions.find(id, tx)
        guard let person = try linked(claims, tx), person.id == session.person.id else {
            throw Refused(fault: .otherPerson, person: session.person.id)
        }
        guard person.disabledAt == nil else { throw Refused(fault: .disabledPerson, person: person.id) }
        guard claims.hasSecondFactor(levels: levels) else { throw Refused(fault: .noSecondFactor, person: person.id) }
        let opened = try Sessions.replace(session, factorAt: .now(), origin, tx)
        try Audit.record(
            tx,
            person.actor(from: origin),
            "session.step_up",
            "session:\(session.id)",
            ["factor": "provider"]
        )
        return opened
    }

    /// The person that an account of the provider is linked to.
    private static func linked(_ claims: IDTokenClaims, _ tx: borrowing Transaction) throws -> KnownPerson? {
        let id = try tx.query(
            """
            select person_id from person_identity
            where issuer = \(claims.issuer) and subject = \(claims.subject) and ended_at is null
            """
        ).first?.get(0, as: UUID.self)
        return try id.flatMap { try KnownPerson.lock($0, tx) }
    }

    /// The person with the e-mail address that the provider vouches for, who is linked to no other account of it.
    private static func invited(_ claims: IDTokenClaims, _ tx: borrowing Transaction) throws -> KnownPerson {
        guard claims.isEmailVerified, let email = claims.email.flatMap(EmailAddress.init) else {
            throw Refused(fault: .email)
        }
        let id = try tx.query("select id from person where email = \(email.text)").first?.get(0, as: UUID.self)
        guard let id, let person = try KnownPerson.lock(id, tx) else { throw Refused(fault: .unknownPerson) }
        let isLinked = try tx.query(
            """
            select exists (select 1 from person_identity
                where person_id = \(id)::uuid and issuer = \(claims.issuer) and subject <> \(claims.subject)
                    and ended_at is null)
            """
        ).row().get(0, as: Bool.self)
        guard !isLinked else { throw Refused(fault: .linkedToAnother, person: id) }
        return person
    }

    private static func link(
        _ person: KnownPerson,
        _ claims: IDTokenClaims,
        _ origin: CallOrigin,
        _ tx: borrowing Transaction
    ) throws {
        try tx.query(
            """
            insert into person_identity (person_id, issuer, subject)
            values (\(person.id)::uuid, \(claims.issuer), \(claims.subject))
            on conflict do nothing
            """
        )
        let detail: JSON = ["issuer": .string(claims.issuer), "subject": .string(claims.subject)]
        let actor = person.actor(from: origin)
        try Audit.record(tx, actor, "person.link_identity", actor.id, detail)
    }

    /// Forgets logins that were begun a day ago and more; returns how many.
    public func expire() async throws -> Int {
        try await database.query("delete from provider_login where begun_at < now() - interval '1 day' returning 1")
            .count
    }
}
