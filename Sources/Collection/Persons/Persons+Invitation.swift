import Cryptography
import Identity
import Postgres
import Values

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension Persons {
    /// What authenticator apps call the service.
    static let issuer = "Khop"

    private struct Row: Sendable {
        let id: Int64
        let person: UUID
        let name: String
        let email: String
        let sealed: Bytes
        let keyID: String
        let expiresAt: Instant
    }

    private static func find(_ token: String, forUpdate: Bool, _ tx: borrowing Transaction) throws -> Row {
        guard (20...100).contains(token.utf8.count) else { throw ServiceError(.notFound, .noInvitation) }
        let row = try tx.query(
            """
            select i.id, p.id, p.name, p.email, i.totp_sealed, i.totp_key_id, i.expires_at
            from invitation i join person p on p.id = i.person_id
            where i.token_hash = \(Sessions.hash(token)) and i.used_at is null and i.withdrawn_at is null
                and i.expires_at > now() and p.disabled_at is null
            for update
            """
        ).first
        guard let row else { throw ServiceError(.notFound, .noInvitation) }
        return Row(
            id: try row.get(0),
            person: try row.get(1),
            name: try row.get(2),
            email: try row.get(3),
            sealed: try row.get(4),
            keyID: try row.get(5),
            expiresAt: try row.get(6)
        )
    }

    /// The invitation of a link, or throws `notFound`.
    public func invitation(_ token: String) async throws -> Invitation {
        let factor = factor
        return try await database.transaction { tx in
            let row = try Persons.find(token, forUpdate: false, tx)
            let secret = try factor.secret(row.sealed.bytes, of: row.person)
            return Invitation(
                name: row.name,
                email: row.email,
                expiresAt: row.expiresAt,
                secret: Base32.encode(secret),
                uri: OneTimeCode.uri(secret: secret, issuer: Persons.issuer, account: row.email)
            )
        }
    }

    /// Accepts an invitation, once: the password and the authenticator are the person's from now on, and what was there
    /// before ends.
    ///
    /// - Parameter code: of the authenticator that was set up, as proof that it was.
    /// - Returns: the recovery codes, shown only now.
    public func accept(_ token: String, password: String, code: String, from origin: CallOrigin? = nil) async throws
        -> [String]
    {
        let invitation = try await invitation(token)
        try Persons.check(password, of: [invitation.name, invitation.email], at: "password")
        let hash = try await hasher.hash(password)
        let factor = factor
        return try await database.transaction { tx in
            let row = try Persons.find(token, forUpdate: true, tx)
            let secret = MACKey(try factor.secret(row.sealed.bytes, of: row.person))
            let digits = code.filter { $0 != " " }
            guard let step = OneTimeCode.accepts(digits, secret, at: .now(), after: 0) else {
                throw ServiceError(
                    .invalidBody,
                    at: "code",
                    Phrase(
                        vi:
                            "mã không đúng: hãy quét mã QR rồi nhập mã 6 chữ số đang hiện trong ứng dụng; đồng hồ điện thoại phải đúng giờ",
                        en:
                            "the code is wrong: scan the QR code, then type the 6 digits that the app shows; the phone's clock must be right"
                    )
                )
            }
            try tx.query("update invitation set used_at = now() where id = \(row.id)::bigint")
            try tx.query(
                """
                update person set password_hash = \(hash), password_set_at = now(), totp_sealed = \(row.sealed),
                    totp_key_id = \(row.keyID), totp_last_step = \(step)::bigint
                where id = \(row.person)::uuid
                """
            )
            try Sessions.end(of: row.person, .passwordChanged, tx)
            let person = Person(row.person, name: row.name, from: origin)
            try Audit.record(tx, person, "person.accept_invitation", person.id)
            return try SecondFactor.renewRecovery(of: row.person, tx)
        }
    }

    /// Throws if a password may not be used.
    static func check(_ password: String, of own: [String], at field: String) throws {
        if let fault = PasswordRules.fault(in: password, of: own) {
            throw ServiceError(.invalidBody, at: field, fault.phrase)
        }
    }
}

extension Phrase {
    static let noInvitation = Phrase(
        vi: "Liên kết mời này không tồn tại, đã dùng, đã được thay, hoặc quá 72 giờ. Hãy xin liên kết mới.",
        en: "This invitation is unknown, used, replaced, or older than 72 hours. Ask for a new one."
    )
}
