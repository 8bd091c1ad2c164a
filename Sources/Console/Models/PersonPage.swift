public import Collection
import Identity
public import Values

/// A person: roles, given and ended one by one; another invitation; locked out, let in again.
public struct PersonPage: ConsolePage {
    public static let template = "person"
    public static let section: ConsoleSection? = .operations

    struct Held: Sendable {
        let told: String
        let role: String
        let locality: String
    }

    public let title: String
    let id: String
    let badge: Badge?
    let facts: [Fact]
    let held: [Held]
    let hasRoles: Bool
    let roles: [RoleOption]
    /// Whether the one who looks may change it: an administrator, and somebody else.
    let mayManage: Bool
    let isOwn: Bool
    let isDisabled: Bool
    let invited: OneTimeSecret?
    let done: String?
    let fault: String?
    let typed: [String: String]

    /// - Parameters:
    ///   - invited: the link of the invitation that was made just now.
    ///   - typed: the fields of the form that went wrong.
    public init(
        _ person: KnownPerson,
        invited: OneTimeSecret? = nil,
        done: String? = nil,
        fault: String? = nil,
        typed: [String: String] = [:],
        for caller: Caller,
        in language: Language,
        now: Instant = .now()
    ) {
        let word = Wording(language: language, now: now)
        title = person.name
        id = person.id.text
        badge = PersonPage.badge(person, word)
        facts = [
            Fact(word(vi: "Thư", en: "E-mail"), person.email),
            Fact(word(vi: "Thêm lúc", en: "Added"), person.createdAt.formatted),
            Fact(word(vi: "Khóa lúc", en: "Disabled"), person.disabledAt?.formatted),
        ].compactMap { $0 }
        held = person.roles.map { one in
            Held(
                told: PersonPage.told(one, word),
                role: one.grant.role.rawValue,
                locality: one.grant.localityCode ?? ""
            )
        }
        hasRoles = !held.isEmpty
        roles = RoleOption.all(Role.ofPersons, chosen: typed["role"] ?? "", word)
        isOwn = caller.id == person.id
        mayManage = caller.holds(.manageAccess) && !isOwn
        isDisabled = person.disabledAt != nil
        self.invited = invited
        self.done = done
        self.fault = fault
        self.typed = typed
    }

    static func badge(_ person: KnownPerson, _ word: Wording) -> Badge? {
        if person.disabledAt != nil { return Badge(word(vi: "đã khóa", en: "disabled"), .plain) }
        return person.isReady ? nil : Badge(word(vi: "chưa nhận lời mời", en: "invited"), .wait)
    }

    /// A role, where, until when, and for whom.
    static func told(_ held: KnownPerson.Held, _ word: Wording) -> String {
        word[held.grant.role.words] + (held.grant.localityCode.map { " · " + $0 } ?? "")
            + (held.until.map { word(vi: " đến ", en: " until ") + $0.formatted } ?? "")
            + (held.standsInFor.map { word(vi: ", thay ", en: ", for ") + $0 } ?? "")
    }
}
