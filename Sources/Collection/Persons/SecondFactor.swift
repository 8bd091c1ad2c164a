import Cryptography
import Identity
import Postgres
import Values

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// What a person gives beside the password: a code of the authenticator, or a recovery code.
struct SecondFactor: Sendable {
    let box: SecretBox

    enum Kind: String, Sendable { case code, recovery }

    /// What the secret of a person is sealed with.
    static func binding(_ person: UUID) -> String { "person:" + person.text }

    /// Takes a code, if it is one that the person may use now and has not used before; `nil` for any other.
    func take(_ typed: String, of person: UUID, at now: Instant, _ tx: borrowing Transaction) throws -> Kind? {
        let digits = typed.filter { $0 != " " }
        if digits.utf8.count == OneTimeCode.digits {
            let row = try tx.query(
                "select totp_sealed, totp_last_step from person where id = \(person)::uuid for update"
            ).first
            guard let (sealed, last) = try row?.decode(Bytes?.self, Int64.self), let sealed else { return nil }
            let secret = try secret(sealed.bytes, of: person)
            guard let step = OneTimeCode.accepts(digits, MACKey(secret), at: now, after: last) else { return nil }
            try tx.query("update person set totp_last_step = \(step)::bigint where id = \(person)::uuid")
            return .code
        }
        guard let plain = RecoveryCode.plain(typed) else { return nil }
        let used = try tx.query(
            """
            update recovery_code set used_at = \(now)::timestamptz
            where person_id = \(person)::uuid and code_hash = \(Bytes(SHA256.hash(Array(plain.utf8))))
                and used_at is null and replaced_at is null
            returning 1
            """
        )
        return used.count == 1 ? .recovery : nil
    }

    func secret(_ sealed: [UInt8], of person: UUID) throws -> [UInt8] {
        guard let secret = Base32.decode(try box.open(sealed, for: SecondFactor.binding(person))) else {
            throw ServiceError(.internalFailure, Phrase(same: "the secret of an authenticator is not Base32"))
        }
        return secret
    }

    func seal(_ secret: [UInt8], of person: UUID) -> [UInt8] {
        box.seal(Base32.encode(secret), for: SecondFactor.binding(person))
    }

    /// New recovery codes in the place of the old ones; shown once.
    static func renewRecovery(of person: UUID, _ tx: borrowing Transaction) throws -> [String] {
        let codes = (0..<RecoveryCode.count).map { _ in randomBytes(RecoveryCode.byteCount) }
        try tx.query(
            """
            update recovery_code set replaced_at = now()
            where person_id = \(person)::uuid and used_at is null and replaced_at is null
            """
        )
        for code in codes {
            let hash = Bytes(SHA256.hash(Array(Base32.encode(code).utf8)))
            try tx.query("insert into recovery_code (person_id, code_hash) values (\(person)::uuid, \(hash))")
        }
        return codes.map(RecoveryCode.text)
    }
}
