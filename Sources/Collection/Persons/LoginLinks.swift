import Cryptography
import Postgres
import Values

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// Links that log a person in, once, with neither password nor code: for looking around in an installation for development
/// or demonstration, and refused everywhere else. Of a token only the hash is kept.
public struct LoginLinks: Sendable {
    /// Where the page of a link is; its token follows.
    public static let path = "/login/once"
    /// How long a link is good.
    public static let validSeconds: Int64 = 86_400

    private let database: Database
    private let isForDevelopment: Bool

    /// - Parameter isForDevelopment: whether the public address is this machine's: nobody else can then open a link.
    init(_ database: Database, isForDevelopment: Bool) {
        self.database = database
        self.isForDevelopment = isForDevelopment
    }

    /// A new link in the place of those before, or throws `forbidden` where the installation is not for development.
    public func make(for id: UUID, by actor: Person) async throws -> LoginLink.Made {
        guard isForDevelopment else { throw ServiceError(.forbidden, .loginLinksAreForDevelopment) }
        let token = randomToken(length: 43)
        let expires = Instant(unixSeconds: Instant.now().unixSeconds).adding(seconds: LoginLinks.validSeconds)
        return try await database.transaction { tx in
            guard let person = try KnownPerson.lock(id, tx), person.disabledAt == nil, person.isReady else {
                throw ServiceError(.conflict, .loginLinkNeedsPerson)
            }
            try LoginLinks.withdraw(of: id, tx)
            try tx.query(
                """
                insert into login_link (person_id, token_hash, created_by, expires_at)
                values (\(id)::uuid, \(Sessions.hash(token)), \(actor.id), \(expires)::timestamptz)
                """
            )
            try Audit.record(tx, actor, "person.login_link", "person:\(id.text)", ["expires_at": .text(expires)])
            return LoginLink.Made(link: LoginLink(person: person, expiresAt: expires), token: token)
        }
    }

    /// The link of a token, which is not used by looking at it, or throws `notFound`.
    public func find(_ token: String) async throws -> LoginLink {
        let isForDevelopment = isForDevelopment
        return try await database.transaction { tx in try LoginLinks.find(token, isForDevelopment, tx).link }
    }

    /// Uses the link: a browser's session, with its second factor given now, or throws `notFound`.
    public func use(_ token: String, _ origin: CallOrigin) async throws -> OpenedSession {
        let isForDevelopment = isForDevelopment
        return try await database.transaction { tx in
            let (id, link) = try LoginLinks.find(token, isForDevelopment, tx)
            try tx.query("update login_link set used_at = now() where id = \(id)::bigint")
            let opened = try Sessions.open(link.person.id, .browser, .link, factorAt: .now(), origin, tx)
            let detail: JSON = [
                "method": .string(PersonSession.Method.link.rawValue), "address": .string(origin.address),
            ]
            try Audit.record(tx, link.person.actor(from: origin), "login", "session:\(opened.session.id)", detail)
            return opened
        }
    }

    /// The row stays locked, so that of two who open a link at once one is too late.
    private static func find(_ token: String, _ isForDevelopment: Bool, _ tx: borrowing Transaction) throws
        -> (id: Int64, link: LoginLink)
    {
        guard isForDevelopment, (20...100).contains(token.utf8.count) else {
            throw ServiceError(.notFound, .noLoginLink)
        }
        let row = try tx.query(
            Query(
                trustedSQL: """
                    select \(KnownPerson.columns), i.id, i.expires_at
                    from login_link i join person p on p.id = i.person_id
                    where i.token_hash = $1 and i.used_at is null and i.withdrawn_at is null and i.expires_at > now()
                        and p.disabled_at is null
                    for update of i
                    """,
                binding: [Sessions.hash(token)]
            )
        ).first
        guard let row else { throw ServiceError(.notFound, .noLoginLink) }
        return (try row.get(7), LoginLink(person: try KnownPerson(row), expiresAt: try row.get(8)))
    }

    static func withdraw(of id: UUID, _ tx: borrowing Transaction) throws {
        try tx.query(
            """
            update login_link set withdrawn_at = now()
            where person_id = \(id)::uuid and used_at is null and withdrawn_at is null
            """
        )
    }
}

extension Phrase {
    fileprivate static let loginLinksAreForDevelopment = Phrase(
        vi:
            "Liên kết đăng nhập chỉ có ở bản cài đặt để phát triển hoặc trình diễn, có địa chỉ (KHOP_PUBLIC_URL) là chính máy này. Ở đây hãy dùng `khop person invite`.",
        en:
            "Login links are for development and demonstration: only where the address (KHOP_PUBLIC_URL) is this machine. Use `khop person invite` here."
    )
    fileprivate static let loginLinkNeedsPerson = Phrase(
        vi: "Người này đã ngừng hoạt động hoặc chưa nhận lời mời.",
        en: "This person is disabled, or has not accepted the invitation yet."
    )
    fileprivate static let noLoginLink = Phrase(
        vi:
            "Liên kết đăng nhập này không tồn tại, đã dùng, đã được thay, hoặc quá 24 giờ. Xin `khop person login-link`.",
        en:
            "This login link is unknown, used, replaced, or older than 24 hours: `khop person login-link` makes another."
    )
}
