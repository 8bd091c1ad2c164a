public import Identity
import Postgres
public import Values

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension APIKeys {
    /// A key as it is listed.
    public struct Listed: Sendable {
        public let caller: Caller
        /// Its one role.
        public let grant: RoleGrant
        public let createdAt: Instant
        public let expiresAt: Instant
        public let revokedAt: Instant?
        /// The secret before the last rotation works until then.
        public let previousUntil: Instant?
        /// To a minute.
        public let lastUsedAt: Instant?
        /// The network address of the last use.
        public let lastUsedFrom: String?
    }

    public func list() async throws -> [Listed] {
        let rows = try await database.query(
            """
            select id, role, name, locality_code, created_at, expires_at, revoked_at, previous_until, last_used_at,
                last_used_from, holder_id, return_hosts
            from api_key order by created_at, id
            """
        )
        return try rows.map { row in
            let role = Role(rawValue: try row.get(1)) ?? .auditor
            return Listed(
                caller: Caller(
                    keyID: try row.get(0),
                    role: role,
                    name: try row.get(2),
                    localityCode: try row.get(3),
                    holderID: try row.get(10),
                    returnHosts: try row.get(11)
                ),
                grant: RoleGrant(role, in: try row.get(3)),
                createdAt: try row.get(4),
                expiresAt: try row.get(5),
                revokedAt: try row.get(6),
                previousUntil: try row.get(7),
                lastUsedAt: try row.get(8),
                lastUsedFrom: try row.get(9)
            )
        }
    }
}
