public import Collection
import Identity
public import Values

/// Everybody who may enter, and the form that invites somebody.
public struct PersonsPage: ConsolePage {
    public static let template = "persons"
    public static let section: ConsoleSection? = .operations

    struct Row: Sendable {
        let name: String
        let href: String
        let email: String
        let badge: Badge?
        let roles: [String]
    }

    public let title: String
    let rows: [Row]
    let isEmpty: Bool
    let mayManage: Bool
    let roles: [RoleOption]
    let invited: OneTimeSecret?
    let fault: String?
    let typed: [String: String]

    /// - Parameters:
    ///   - invited: the link of somebody who was invited just now.
    ///   - typed: the fields of the form that went wrong.
    public init(
        _ persons: [KnownPerson],
        invited: OneTimeSecret? = nil,
        fault: String? = nil,
        typed: [String: String] = [:],
        for caller: Caller,
        in language: Language,
        now: Instant = .now()
    ) {
        let word = Wording(language: language, now: now)
        title = word(vi: "Người dùng", en: "Persons")
        rows = persons.map { one in
            Row(
                name: one.name,
                href: "/console/operations/persons/\(one.id.text)",
                email: one.email,
                badge: PersonPage.badge(one, word),
                roles: one.roles.map { PersonPage.told($0, word) }
            )
        }
        isEmpty = rows.isEmpty
        mayManage = caller.holds(.manageAccess)
        roles = RoleOption.all(Role.ofPersons, chosen: typed["role"] ?? "", word)
        self.invited = invited
        self.fault = fault
        self.typed = typed
    }
}
