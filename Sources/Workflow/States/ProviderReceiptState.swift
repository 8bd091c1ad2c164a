public import Values

/// The states of a receipt that a provider numbers.
public enum ProviderReceiptState: String, StateMachine {
    /// Has no number yet: the provider is asked until it has.
    case awaiting
    case issued

    public enum Event: String, CaseIterable, Hashable, Sendable {
        case number
    }

    public static let machine = "provider_receipt"
    public static let title = Phrase(vi: "Biên lai do nhà cung cấp cấp số", en: "Receipt numbered by a provider")
    public static let beginnings: [Beginning<ProviderReceiptState>] = [Beginning("pay", .awaiting)]
    public static let transitions: [Transition<ProviderReceiptState>] = [Transition(.awaiting, .number, .issued)]

    public static func refusal(of event: Event, in state: ProviderReceiptState) -> Reason {
        .providerReceiptCannot(event, in: state)
    }
}

extension ProviderReceiptState: Worded {
    public var words: Phrase {
        switch self {
        case .awaiting: Phrase(vi: "đang chờ số", en: "awaiting number")
        case .issued: Phrase(vi: "đã có số", en: "issued")
        }
    }
}

extension ProviderReceiptState.Event: Worded {
    public var words: Phrase { Phrase(vi: "cấp số", en: "numbered") }
}
