import Cryptography
import Identity
import Postgres
import Values

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// Sessions of persons: opened by a login, found by their token, ended by their owner, by time, or by a change of the
/// person's password or roles. Of a token only the hash is kept.
public struct Sessions: Sendable {
    /// What a token begins with, which tells it from an API key.
    public static let prefix = "khopsession_"

    private let database: Database
    private let attempts: LoginAttempts
    private let factor: SecondFactor

    init(_ database: Database, attempts: LoginAttempts, factor: SecondFactor) {
        self.database = database
        self.attempts = attempts
        self.factor = factor
    }

    /// Why a session ended.
    enum End: String, Sendable {
        case logout, idle, over, replaced, disabled
        case byOwner = "by_owner"
        case passwordChanged = "password_changed"
        case roleChanged = "role_changed"
    }

    static let refusal = ServiceError(
        .unauthenticated,
        Phrase(
            vi: "Phiên đăng nhập không tồn tại hoặc đã kết thúc. Hãy đăng nhập lại.",
            en: "The session is unknown or has ended. Log in again."
        )
    )

    /// The session of a token, or throws `unauthenticated`. One that still waits for its code is refused too.
    ///
    /// - Parameter origin: where the call comes from, for the audit of what the session does.
    public func authenticate(_ token: String, _ kind: PersonSession.Kind, from origin: CallOrigin? = nil) async throws
        -> PersonSession
    {
        let session = try await find(token, kind, origin)
        guard session.factorAt != nil else { throw Sessions.refusal }
        return session
    }

    /// Whose browser's session of this token has ended of itself; `nil` if there was none. It lets nobody in.
    public func owner(ofEnded token: String) async throws -> UUID? {
        guard token.hasPrefix(Sessions.prefix), token.utf8.count < 200 else { return nil }
        return try await database.query(
            """
            select s.person_id from person_session s join person p on p.id = s.person_id and p.disabled_at is null
            where s.token_hash = \(Sessions.hash(token)) and s.kind = 'browser' and s.ended_why in ('idle', 'over')
            """
        ).first?.get(0)
    }

    /// The session of a token that has its password and waits for its code.
    public func pending(_ token: String, from origin: CallOrigin? = nil) async throws -> PersonSession {
        let session = try await find(token, .browser, origin)
        guard session.factorAt == nil else { throw Sessions.refusal }
        return session
    }

    private func find(_ token: String, _ kind: PersonSession.Kind, _ origin: CallOrigin?) async throws -> PersonSession
    {
        guard token.hasPrefix(Sessions.prefix), token.utf8.count < 200 else { throw Sessions.refusal }
        let rows = try await database.query(
            Query(
                trustedSQL: """
                    select \(PersonSession.columns) from person_session s join person p on p.id = s.person_id
                    where s.token_hash = $1 and s.kind = $2 and s.ended_at is null and p.disabled_at is null
                    """,
                binding: [Sessions.hash(token), kind.rawValue]
            )
        )
        guard let session = try rows.first.map({ try PersonSession($0, from: origin) }) else { throw Sessions.refusal }
        let now = Instant.now()
        switch SessionRules.standing(
            created: session.createdAt,
            lastUsed: session.lastUsedAt,
            factorAt: session.factorAt,
            now: now
        ) {
        case .good: break
        case .idle: try await end(session, .idle)
        case .over: try await end(session, .over)
        }
        // Written seldom: a page asks for many things at once.
        if session.lastUsedAt.adding(seconds: 30) < now {
            _ = try await database.query(
                "update person_session set last_used_at = \(now)::timestamptz where id = \(session.id)::bigint"
            )
        }
        return session
    }

    private func end(_ session: PersonSession, _ why: End) async throws -> Never {
        _ = try await database.query(Sessions.ending(why, "id = \(session.id)"))
        throw Sessions.refusal
    }

    /// Ends sessions; the condition is written by this program.
    private static func ending(_ why: End, _ condition: String) -> Query {
        Query(
            trustedSQL: """
                update person_session set ended_at = now(), ended_why = $1 where ended_at is null and \(condition)
                """,
            binding: [why.rawValue]
        )
    }

    static func hash(_ token: String) -> Bytes { Bytes(SHA256.hash(Array(token.utf8))) }

    /// Opens a session in the transaction that proved who it is of.
    static func open(
        _ person: UUID,
        _ kind: PersonSession.Kind,
        _ method: PersonSession.Method,
        factorAt: Instant?,
        _ origin: CallOrigin,
        created: Instant = .now(),
        _ tx: borrowing Transaction
    ) throws -> OpenedSession {
        let token = prefix + randomToken(length: 43)
        let now = Instant.now()
        let id = try tx.query(
            """
            insert into person_session (person_id, token_hash, kind, method, address, user_agent, created_at,
                last_used_at, factor_at)
            values (\(person)::uuid, \(hash(token)), \(kind.rawValue), \(method.rawValue), \(origin.address),
                \(origin.userAgent), \(created)::timestamptz, \(now)::timestamptz, \(factorAt)::timestamptz)
            returning id
            """
        ).row().get(0, as: Int64.self)
        return OpenedSession(token: token, session: try find(id, tx))
    }

    static func find(_ id: Int64, _ tx: borrowing Transaction) throws -> PersonSession {
        try PersonSession(
            tx.query(
                Query(
                    trustedSQL: """
                        select \(PersonSession.columns) from person_session s join person p on p.id = s.person_id
                        where s.id = $1::bigint
                        """,
                    binding: [id]
                )
            ).row()
        )
    }

    /// Ends every session of a person but one.
    static func end(of person: UUID, but kept: Int64? = nil, _ why: End, _ tx: borrowing Transaction) throws {
        try tx.query(
            """
            update person_session set ended_at = now(), ended_why = \(why.rawValue)
            where ended_at is null and person_id = \(person)::uuid and id is distinct from \(kept)::bigint
            """
        )
    }

    /// The sessions of a person that are good, the latest first.
    public func list(of person: UUID) async throws -> [PersonSession] {
        let rows = try await database.query(
            Query(
                trustedSQL: """
                    select \(PersonSession.columns) from person_session s join person p on p.id = s.person_id
                    where s.person_id = $1::uuid and s.ended_at is null and s.factor_at is not null order by s.id desc
                    """,
                binding: [person]
            )
        )
        let now = Instant.now()
        return try rows.map { try PersonSession($0) }.filter {
            SessionRules.standing(created: $0.createdAt, lastUsed: $0.lastUsedAt, factorAt: $0.factorAt, now: now)
                == .good
        }
    }

    /// Ends one of the sessions of the session's owner: itself (a logout) or another.
    public func end(_ id: Int64, by session: PersonSession) async throws {
        let why: End = id == session.id ? .logout : .byOwner
        try await database.transaction { tx in
            let ended = try tx.query(
                """
                update person_session set ended_at = now(), ended_why = \(why.rawValue)
                where id = \(id)::bigint and person_id = \(session.person.id)::uuid and ended_at is null returning id
                """
            )
            guard ended.count == 1 else {
                throw ServiceError(
                    .notFound,
                    Phrase(vi: "Không có phiên đăng nhập \(id) của bạn.", en: "You have no session \(id).")
                )
            }
            try Audit.record(
                tx,
                session.actor,
                id == session.id ? "session.logout" : "session.end",
                "session:\(id)"
            )
        }
    }

    /// Puts another session in the place of a browser's, with another token; throws `unauthenticated` if it has ended.
    static func replace(
        _ session: PersonSession,
        factorAt: Instant,
        _ origin: CallOrigin,
        _ tx: borrowing Transaction
    ) throws -> OpenedSession {
        let ended = try tx.query(
            """
            update person_session set ended_at = now(), ended_why = \(End.replaced.rawValue)
            where id = \(session.id)::bigint and ended_at is null returning 1
            """
        )
        guard ended.count == 1 else { throw refusal }
        return try open(
            session.person.id,
            .browser,
            session.method,
            factorAt: factorAt,
            origin,
            created: session.createdAt,
            tx
        )
    }

    /// Takes a code anew, for what needs a fresh second factor. A browser's session gets another token, so that one that
    /// leaked before is worth nothing.
    public func stepUp(_ session: PersonSession, code: String) async throws -> OpenedSession? {
        let origin = CallOrigin(address: session.address, userAgent: session.userAgent)
        let attempt = try await attempts.begin(email: session.person.email, origin)
        let now = Instant.now()
        let (isTaken, opened) = try await database.transaction { tx -> (Bool, OpenedSession?) in
            guard let kind = try factor.take(code, of: session.person.id, at: now, tx) else {
                try Audit.record(tx, session.actor, "session.step_up_failed", "session:\(session.id)")
                return (false, nil)
            }
            try LoginAttempts.succeeded(attempt, tx)
            let detail: JSON = ["factor": .string(kind.rawValue)]
            try Audit.record(tx, session.actor, "session.step_up", "session:\(session.id)", detail)
            guard session.kind == .browser else {
                try tx.query(
                    "update person_session set factor_at = \(now)::timestamptz where id = \(session.id)::bigint"
                )
                return (true, nil)
            }
            return (true, try Sessions.replace(session, factorAt: now, origin, tx))
        }
        guard isTaken else { throw ServiceError.wrongCode }
        return opened
    }
}

extension ServiceError {
    /// A code that is wrong, was used before, or is of another time.
    static let wrongCode = ServiceError(
        .forbidden,
        Phrase(
            vi: "Mã xác thực không đúng, đã dùng rồi, hoặc không phải của lúc này. Hãy đợi mã kế tiếp.",
            en: "The code is wrong, was used before, or is not of this moment. Wait for the next one."
        )
    )
}
