import Cryptography
import Identity
import Postgres
public import Values

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

extension APIKeys {
    /// The secret before may work for at most so long: 90 days.
    public static let maximumOverlapSeconds: Int64 = 90 * 86_400

    /// Gives a key a new secret; the one before works on for a while, so that its holder can change over without a gap. The
    /// key stays the same: what it has made is still its own.
    ///
    /// - Parameters:
    ///   - overlap: seconds, 0 to 90 days.
    ///   - expiresAt: the end of the key, at most ten years away; a year from now if it is `nil`.
    public func rotate(
        _ id: UUID,
        overlap: Int64,
        expiresAt: Instant? = nil,
        by actor: Person,
        now: Instant = .now()
    ) async throws -> Created {
        guard (0...APIKeys.maximumOverlapSeconds).contains(overlap) else {
            throw ServiceError(
                .invalidParameter,
                at: "overlap",
                Phrase(vi: "phải từ 0 đến 90 ngày", en: "must be from 0 to 90 days")
            )
        }
        let end = try APIKeys.end(expiresAt, now: now)
        let secret = randomToken(length: 43)
        let previous = now.adding(seconds: overlap)
        let caller = try await database.transaction { tx in
            let found = try tx.query(
                """
                select expires_at from api_key
                where id = \(id)::uuid and revoked_at is null and expires_at > \(now)::timestamptz for update
                """
            ).first
            guard let before = try found?.get(0, as: Instant.self) else { throw APIKeys.notInForce(id) }
            let row = try tx.query(
                """
                update api_key set previous_secret_hash = secret_hash,
                    previous_until = least(\(previous)::timestamptz, expires_at),
                    secret_hash = \(APIKeys.hash(secret)), expires_at = \(end)::timestamptz
                where id = \(id)::uuid returning role, name, locality_code, holder_id, return_hosts
                """
            ).row()
            let detail = Audit.change(
                ["expires_at": .text(before)],
                ["expires_at": .text(end)],
                ["previous_secret_until": .text(min(previous, before))]
            )
            try Audit.record(tx, actor, "key.rotate", "key:\(id.text)", detail)
            return Caller(
                keyID: id,
                role: Role(rawValue: try row.get(0)) ?? .auditor,
                name: try row.get(1),
                localityCode: try row.get(2),
                holderID: try row.get(3),
                returnHosts: try row.get(4)
            )
        }
        try await signal(id)
        return Created(
            caller: caller,
            grant: caller.grants.first ?? RoleGrant(.auditor),
            key: text(id, secret),
            expiresAt: end
        )
    }
}
