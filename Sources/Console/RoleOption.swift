import Identity

/// A role that can be chosen in a form.
struct RoleOption: Sendable {
    let code: String
    let name: String
    let isChosen: Bool

    static func all(_ roles: [Role], chosen: String, _ word: Wording) -> [RoleOption] {
        roles.map { RoleOption(code: $0.rawValue, name: word[$0.words], isChosen: $0.rawValue == chosen) }
    }
}
