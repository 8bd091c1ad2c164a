public import Identity
public import Values

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// Who calls: the holder of an API key, or a person with a session.
public struct Caller: Sendable, Hashable {
    /// What the caller came with.
    public enum Holder: Sendable, Hashable {
        /// A program.
        case key
        /// A person, with the number of the session and when its second factor was given.
        case person(session: Int64, factorAt: Instant)
    }

    /// Of the key or the person.
    public let id: UUID
    public let holder: Holder
    public let name: String
    public let grants: [RoleGrant]
    /// What the caller was let in for; only the roles that hold it count for ``localities``. `nil`: all roles.
    public private(set) var acting: Permission?
    /// Where the call comes from; `nil` if there is no call, as in tests.
    public private(set) var origin: CallOrigin?

    /// The first key of the same holder: a portal that changes its key keeps its requests and endpoints.
    public let holderID: UUID
    /// The hosts that a payment page may lead back to.
    public let returnHosts: [String]

    public init(
        id: UUID,
        holder: Holder,
        name: String,
        grants: [RoleGrant],
        holderID: UUID? = nil,
        returnHosts: [String] = []
    ) {
        self.id = id
        self.holder = holder
        self.name = name
        self.grants = grants
        self.holderID = holderID ?? id
        self.returnHosts = returnHosts
    }

    /// The holder of an API key, which has one role.
    public init(
        keyID: UUID,
        role: Role,
        name: String,
        localityCode: String?,
        holderID: UUID? = nil,
        returnHosts: [String] = []
    ) {
        let grants = [RoleGrant(role, in: localityCode)]
        self.init(id: keyID, holder: .key, name: name, grants: grants, holderID: holderID, returnHosts: returnHosts)
    }

    public var isPerson: Bool { holder != .key }

    /// Whether a second factor was given recently enough for what needs a fresh one; never for a key.
    public func hasFreshFactor(at now: Instant) -> Bool {
        guard case .person(_, let factorAt) = holder else { return false }
        return SessionRules.isFresh(factorAt, now: now)
    }

    /// Whether the caller has a role, wherever.
    public func has(_ role: Role) -> Bool { grants.contains { $0.role == role } }

    /// Whether one of the caller's roles holds a permission, and the caller is of the kind that may use it.
    public func holds(_ permission: Permission) -> Bool {
        (isPerson || !permission.takesPerson) && grants.contains { permission.isGranted(to: $0.role) }
    }

    /// The caller as let in for something: a person who is an auditor everywhere and a cashier in one commune takes
    /// payments in that commune alone.
    public func acting(for permission: Permission) -> Caller {
        var caller = self
        caller.acting = permission
        return caller
    }

    /// The roles of the caller that hold what it was let in for; all of them if it was let in for nothing in particular.
    public var rolesThatCount: Set<Role> {
        Set(grants.map(\.role).filter { acting?.isGranted(to: $0) ?? true })
    }

    /// The caller of one call.
    public func calling(from origin: CallOrigin?) -> Caller {
        var caller = self
        caller.origin = origin
        return caller
    }

    /// The localities that the caller acts for, in the order of their codes; `nil` for all.
    public var localities: [String]? {
        let counted = grants.filter { acting?.isGranted(to: $0.role) ?? true }
        // Without any role that holds it nobody acts anywhere.
        guard counted.allSatisfy({ $0.localityCode != nil }) else { return nil }
        return Set(counted.compactMap(\.localityCode)).sorted()
    }

    /// Whose requests and events alone the caller sees: a portal its own; `nil` for all.
    public var onlyOf: UUID? { has(.portal) ? holderID : nil }
}

extension Caller {
    /// The caller as the audit and the rules of two persons know it.
    public var person: Person {
        switch holder {
        case .key: Person(id: "key:" + id.text, name: name, from: origin)
        case .person: Person(id, name: name, hasFreshFactor: hasFreshFactor(at: .now()), from: origin)
        }
    }

    /// Throws unless the caller may do something now: by a role, as a person if it takes one, and with a fresh second
    /// factor if it takes that.
    public func require(_ permission: Permission, at now: Instant = .now()) throws {
        // A program's author looks the permission up by its name; a person is told in words.
        let name = isPerson ? "" : " (\(permission.rawValue))"
        func list(_ language: Language) -> String { grants.map { $0.role.words[language] }.joined(separator: ", ") }
        guard grants.contains(where: { permission.isGranted(to: $0.role) }) else {
            throw ServiceError(
                .forbidden,
                Phrase(
                    vi: "Vai trò \(list(.vietnamese)) không được làm việc này\(name).",
                    en: "The role \(list(.english)) may not do this\(name)."
                )
            )
        }
        guard isPerson || !permission.takesPerson else {
            throw ServiceError(
                .forbidden,
                Phrase(
                    vi:
                        "Việc này (\(permission.rawValue)) phải do một người đã đăng nhập thực hiện; khóa API không được làm. Đăng nhập bằng POST /v1/sessions hoặc `khop login`.",
                    en:
                        "This (\(permission.rawValue)) takes a person who is logged in; an API key may not do it. Log in with POST /v1/sessions or `khop login`."
                )
            )
        }
        guard !isPerson || !permission.takesFreshFactor || hasFreshFactor(at: now) else {
            throw ServiceError.secondFactorNeeded
        }
    }
}
