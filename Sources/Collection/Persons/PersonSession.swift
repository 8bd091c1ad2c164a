import Identity
import Postgres
public import Values

/// A login of a person that is good.
public struct PersonSession: Sendable {
    /// What the token is carried by; one of one kind is no good as the other.
    public enum Kind: String, Sendable { case browser, bearer }

    /// How the person proved who they are.
    public enum Method: String, Sendable { case password, oidc, link }

    public let id: Int64
    public let person: KnownPerson
    public let kind: Kind
    public let method: Method
    public let address: String
    public let userAgent: String?
    public let createdAt: Instant
    public let lastUsedAt: Instant
    /// `nil` between the password and the code.
    public let factorAt: Instant?
    /// Where the call comes from that the session was looked up for.
    public private(set) var origin: CallOrigin?

    /// The person as the audit knows them.
    public var actor: Person { person.actor(from: origin) }
    public var endsAt: Instant { SessionRules.ends(created: createdAt, lastUsed: lastUsedAt) }

    /// The person as a caller; a session that still waits for its code holds no role.
    public var caller: Caller {
        Caller(
            id: person.id,
            holder: .person(session: id, factorAt: factorAt ?? Instant(microseconds: 0)),
            name: person.name,
            grants: factorAt == nil ? [] : person.roles.map(\.grant)
        ).calling(from: origin)
    }

    /// As it is listed for its owner.
    public func json(isCurrent: Bool) -> JSON {
        [
            "id": .integer(id), "current": .bool(isCurrent), "kind": .string(kind.rawValue),
            "method": .string(method.rawValue), "address": .string(address), "user_agent": .optional(userAgent),
            "created_at": .text(createdAt), "last_used_at": .text(lastUsedAt), "expires_at": .text(endsAt),
            "second_factor_at": .optional(factorAt?.description),
        ]
    }

    /// Columns in the order of ``init(_:)``, of `person_session s join person p`.
    static let columns = """
        \(KnownPerson.columns), s.id, s.kind, s.method, s.address, s.user_agent, s.created_at, s.last_used_at, s.factor_at
        """

    init(_ row: Row, from origin: CallOrigin? = nil) throws {
        self.origin = origin
        person = try KnownPerson(row)
        id = try row.get(7)
        kind = try row.code(8)
        method = try row.code(9)
        address = try row.get(10)
        userAgent = try row.get(11)
        createdAt = try row.get(12)
        lastUsedAt = try row.get(13)
        factorAt = try row.get(14)
    }
}
