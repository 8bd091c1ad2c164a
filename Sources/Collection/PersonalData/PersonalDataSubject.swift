import Values

/// By what somebody's data are looked for.
public enum PersonalDataSubject: Sendable, Hashable {
    /// The reference of a payment request.
    case reference(String)
    /// The portal's number of a dossier.
    case dossier(String)
    /// The number of a paper that proved a category, such as a citizen's identity number.
    case identity(String)
    /// The number of a bank account that paid, or was paid back to.
    case account(String)

    /// The kind, as it is written in the audit: what was looked for is personal itself, so its last characters alone are.
    var told: JSON {
        switch self {
        case .reference(let text): ["by": "reference", "value": .string(text)]
        case .dossier(let text): ["by": "dossier", "value": .string(text)]
        case .identity(let text): ["by": "identity", "value": .string("***" + text.suffix(3))]
        case .account(let text): ["by": "account", "value": .string("***" + text.suffix(3))]
        }
    }

    var value: String {
        switch self {
        case .reference(let text), .dossier(let text), .identity(let text), .account(let text): text
        }
    }
}
