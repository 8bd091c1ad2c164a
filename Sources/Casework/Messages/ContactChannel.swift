public import Values

/// By what a payer is told.
public enum ContactChannel: String, Sendable, Hashable, CaseIterable {
    case email, sms, zalo

    public var words: Phrase {
        switch self {
        case .email: Phrase(vi: "e-mail", en: "e-mail")
        case .sms: Phrase(vi: "tin nhắn SMS", en: "SMS")
        case .zalo: Phrase(vi: "Zalo", en: "Zalo")
        }
    }
}
