public import Identity
import Postgres
public import Values

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// A person of the table of persons.
public struct KnownPerson: Sendable {
    /// A role in force, and until when.
    public struct Held: Sendable, Hashable {
        public let grant: RoleGrant
        /// `nil` until it is ended.
        public let until: Instant?
        /// The name of the person for whom the holder stands in; `nil` if it is the holder's own role.
        public let standsInFor: String?
    }

    public let id: UUID
    public let name: String
    public let email: String
    public let createdAt: Instant
    public let disabledAt: Instant?
    /// Whether an invitation was accepted: there is a password and an authenticator.
    public let isReady: Bool
    public let roles: [Held]

    public func actor(from origin: CallOrigin?) -> Person { Person(id, name: name, from: origin) }
    public var json: JSON {
        [
            "id": .string(id.text), "name": .string(name), "email": .string(email),
            "roles": .array(roles.map(\.json)), "created_at": .text(createdAt),
            "disabled_at": .optional(disabledAt?.description), "ready": .bool(isReady),
        ]
    }
}

extension KnownPerson.Held {
    public var json: JSON {
        [
            "role": .string(grant.role.rawValue), "locality": .optional(grant.localityCode),
            "until": .optional(until?.description), "stands_in_for": .optional(standsInFor),
        ]
    }
}

extension KnownPerson {
    /// Columns in the order of ``init(_:)``, of `person p`.
    static let columns = """
        p.id, p.name, p.email, p.created_at, p.disabled_at, p.password_hash is not null,
        (select coalesce(json_agg(json_build_object('role', r.role, 'locality', r.locality_code,
                'until', (extract(epoch from r.until) * 1000000)::bigint, 'for', d.name) order by r.id), '[]')
            from person_role r left join person d on d.id = r.delegated_by
            where r.person_id = p.id and r.ended_at is null and (r.until is null or r.until > now()))
        """

    init(_ row: Row, from column: Int = 0) throws {
        id = try row.get(column)
        name = try row.get(column + 1)
        email = try row.get(column + 2)
        createdAt = try row.get(column + 3)
        disabledAt = try row.get(column + 4)
        isReady = try row.get(column + 5)
        let stored = StoredJSON(json: ["roles": try row.get(column + 6)], what: "the roles of a person")
        roles = try stored.list("roles").map { item in
            let name = try item.text("role")
            guard let role = Role(rawValue: name) else { throw UnknownCode(type: "Role", code: name) }
            return Held(
                grant: RoleGrant(role, in: item.json["locality"]?.string),
                until: item.json["until"]?.integer.map(Instant.init(microseconds:)),
                standsInFor: item.json["for"]?.string
            )
        }
    }

    /// The row of a person, locked.
    static func lock(_ id: UUID, _ tx: borrowing Transaction) throws -> KnownPerson? {
        try tx.query(
            Query(trustedSQL: "select \(columns) from person p where p.id = $1::uuid for update of p", binding: [id])
        ).first.map { try KnownPerson($0) }
    }
}
