public import Values
public import Workflow

/// What a payer is told.
public enum MessageKind: String, Sendable, Hashable, CaseIterable {
    case paid
    case partPaid = "part_paid"
    case tooMuch = "too_much"
    case refunded
    case expiresTomorrow = "expires_tomorrow"

    public var words: Phrase {
        switch self {
        case .paid: Phrase(vi: "đã nộp đủ", en: "paid")
        case .partPaid: Phrase(vi: "đã nhận một phần", en: "paid in part")
        case .tooMuch: Phrase(vi: "nộp thừa", en: "paid too much")
        case .refunded: Phrase(vi: "hoàn tiền", en: "refunded")
        case .expiresTomorrow: Phrase(vi: "sắp hết hạn", en: "expires soon")
        }
    }

    /// Whether it answers what the payer has just done and waits to see.
    var isAwaited: Bool { [.paid, .partPaid, .tooMuch].contains(self) }

    /// Whether it is still true of a request in a state, some time after it was written. Of what is no longer true nobody is
    /// told: what has come since is told in its place.
    public func holds(in state: PaymentRequestState) -> Bool {
        switch self {
        case .paid: state.wasPaid
        // Of an expired one it was paid by another code.
        case .tooMuch: state.wasPaid || state == .expired
        case .partPaid: [.pending, .expired].contains(state)
        case .expiresTomorrow: state == .pending
        case .refunded: true
        }
    }
}
