public import Values

/// How much somebody sees of what is personal, and the one place where the rest is masked.
///
/// It knows personal data by the names of members, everywhere the same: `payer`, `payer_name`, `counterparty_name`,
/// `counterparty_account`, `beneficiary`, `contacts` and `memo`.
public struct PersonalSight: Sendable, Hashable {
    private let fields: [PersonalField: PersonalField.Sight]

    /// Sees everything: the command of an operator who asked for it.
    public static let full = PersonalSight(Dictionary(uniqueKeysWithValues: PersonalField.allCases.map { ($0, .full) }))
    /// Sees nothing: whoever is not known.
    public static let none = PersonalSight([:])

    private init(_ fields: [PersonalField: PersonalField.Sight]) { self.fields = fields }

    /// What somebody with some roles sees: of each field what the role that sees most does.
    public init(of roles: some Sequence<Role>) {
        self.init(
            roles.reduce(into: [:]) { fields, role in
                for field in PersonalField.allCases {
                    fields[field] = max(fields[field] ?? .masked, field.sight(of: role))
                }
            }
        )
    }

    /// Whether it is seen in full wherever it stands.
    public func sees(_ field: PersonalField) -> Bool { sees(field, .full) }

    private func sees(_ field: PersonalField, _ least: PersonalField.Sight) -> Bool {
        (fields[field] ?? .masked) >= least
    }

    /// As of requests that somebody else made.
    public var ofOthers: PersonalSight { PersonalSight(fields.filter { $0.value == .full }) }

    /// As of requests of the own localities.
    public var ofOwn: PersonalSight {
        PersonalSight(fields.mapValues { $0 == .ofOwnRequests ? .full : $0 })
    }

    /// A text as it is shown.
    public func shown(_ text: String, _ field: PersonalField) -> String {
        sees(field) ? text : PersonalSight.mask(text, field)
    }

    /// A document as it is shown.
    public func shown(_ json: JSON) -> JSON {
        guard PersonalField.allCases.contains(where: { !sees($0) }) else { return json }
        return shown(json, in: nil)
    }

    /// The members that hold personal data, wherever they stand.
    static let members: [String: PersonalField] = [
        "payer_name": .name, "counterparty_name": .name, "counterparty_account": .accountNumber, "memo": .memo,
        "beneficiary_name": .name,
    ]

    /// The members of some objects that hold personal data there alone, by the object's own name.
    static let membersOf: [String: [String: PersonalField]] = [
        "payer": ["name": .name], "evidence": ["number": .identityNumber],
        "beneficiary": ["name": .name, "account_number": .accountNumber], "contacts": ["address": .contact],
    ]

    private func shown(_ json: JSON, in name: String?) -> JSON {
        switch json {
        case .array(let items): .array(items.map { shown($0, in: name) })
        case .object(let members):
            .object(
                members.map { member in
                    let field =
                        PersonalSight.members[member.name] ?? name.flatMap { PersonalSight.membersOf[$0]?[member.name] }
                    guard let field, let text = member.value.string else {
                        return JSON.Member(member.name, shown(member.value, in: member.name))
                    }
                    // What a request says of its payer is seen by whoever made it; see ofOthers.
                    let least = name == "payer" || name == "evidence" ? PersonalField.Sight.ofOwnRequests : .full
                    let shown = sees(field, least) ? text : PersonalSight.mask(text, field)
                    return JSON.Member(member.name, .string(shown))
                }
            )
        default: json
        }
    }

    /// A text that tells apart what it stands for, and no more: of a name the first letter of each word, of a number the
    /// last four characters, of a memo our own references, of an e-mail address the first letter and the domain.
    public static func mask(_ text: String, _ field: PersonalField) -> String {
        switch field {
        case .name:
            return text.split(separator: " ").map { $0.prefix(1) + "***" }.joined(separator: " ")
        case .identityNumber, .accountNumber:
            // What is too short to hide anything is hidden whole.
            return text.count > 6 ? "***" + text.suffix(4) : "***"
        case .contact:
            guard let at = text.lastIndex(of: "@") else { return "***" + text.suffix(3) }
            return text.prefix(1) + "***" + text[at...]
        case .memo:
            let references = text.uppercased().split { !$0.isASCII || !($0.isLetter || $0.isNumber) }
                .filter { $0.hasPrefix("RF") && $0.count == 16 }
            return (references.map(String.init) + ["***"]).joined(separator: " ")
        }
    }
}
