public import Collection
import Identity
public import Values

/// The keys of programs: made and shown once, given a new secret, ended; when each was last used, and when it ends.
public struct KeysPage: ConsolePage {
    public static let template = "keys"
    public static let section: ConsoleSection? = .operations

    struct Row: Sendable {
        let id: String
        let name: String
        let badge: Badge?
        let role: String
        let lastUsed: String
        let expires: String
        /// Until when the secret before still works.
        let previous: String?
        let mayChange: Bool
    }

    public let title: String
    let rows: [Row]
    let isEmpty: Bool
    let mayManage: Bool
    let roles: [RoleOption]
    let created: OneTimeSecret?
    let done: String?
    let fault: String?
    let typed: [String: String]

    /// - Parameters:
    ///   - created: the key that was made just now, or has a new secret.
    ///   - typed: the fields of the form that went wrong.
    public init(
        _ keys: [APIKeys.Listed],
        created: OneTimeSecret? = nil,
        done: String? = nil,
        fault: String? = nil,
        typed: [String: String] = [:],
        for caller: Caller,
        in language: Language,
        now: Instant = .now()
    ) {
        let word = Wording(language: language, now: now)
        let mayManage = caller.holds(.manageAccess)
        title = word(vi: "Khóa API", en: "API keys")
        rows = keys.map { one in
            let isOver = one.revokedAt != nil || one.expiresAt < now
            return Row(
                id: one.caller.id.text,
                name: one.caller.name,
                badge: KeysPage.badge(one, word),
                role: word[one.grant.role.words] + (one.grant.localityCode.map { " · " + $0 } ?? ""),
                lastUsed: [one.lastUsedAt.map { word.age($0) } ?? word(vi: "chưa dùng", en: "never"), one.lastUsedFrom]
                    .compactMap { $0 }.joined(separator: " · "),
                expires: one.expiresAt.formatted,
                previous: one.previousUntil.flatMap { $0 > now ? $0.formatted : nil },
                mayChange: mayManage && !isOver
            )
        }
        isEmpty = rows.isEmpty
        self.mayManage = mayManage
        roles = RoleOption.all(Role.ofKeys, chosen: typed["role"] ?? "", word)
        self.created = created
        self.done = done
        self.fault = fault
        self.typed = typed
    }

    /// Whether it still works, and for long.
    static func badge(_ key: APIKeys.Listed, _ word: Wording) -> Badge? {
        if key.revokedAt != nil { return Badge(word(vi: "đã thu hồi", en: "revoked"), .plain) }
        if key.expiresAt < word.now { return Badge(word(vi: "đã hết hạn", en: "expired"), .plain) }
        let soon = key.expiresAt < word.now.adding(seconds: 30 * 86_400)
        return soon ? Badge(word(vi: "sắp hết hạn", en: "expires soon"), .warn) : nil
    }
}
