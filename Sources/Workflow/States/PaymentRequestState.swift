public import Values

/// The states of a payment request.
public enum PaymentRequestState: String, StateMachine {
    case pending, paid, expired, cancelled
    case partiallyRefunded = "partially_refunded"
    case refunded

    public enum Event: String, CaseIterable, Hashable, Sendable {
        case pay, expire, cancel
        /// The payer withdraws and is refunded; allowed only if refunds have claimed everything received.
        case cancelAndRefund = "cancel_and_refund"
        case payWithinGrace = "pay_within_grace"
        case refundPart = "refund_part"
        case refundAll = "refund_all"
        case refundRest = "refund_rest"
        /// The statement that paid it was undone.
        case undo
        case undoWithinGrace = "undo_within_grace"
    }

    public static let machine = "payment_request"
    public static let title = Phrase(vi: "Yêu cầu thanh toán", en: "Payment request")

    public static let beginnings: [Beginning<PaymentRequestState>] = [
        Beginning("create", .pending), Beginning("create, nothing due", .paid),
    ]

    public static let transitions: [Transition<PaymentRequestState>] = [
        Transition(.pending, .pay, .paid), Transition(.pending, .expire, .expired),
        Transition(.pending, .cancel, .cancelled), Transition(.pending, .cancelAndRefund, .cancelled),
        Transition(.expired, .payWithinGrace, .paid), Transition(.expired, .cancelAndRefund, .cancelled),
        Transition(.paid, .refundPart, .partiallyRefunded), Transition(.paid, .refundAll, .refunded),
        Transition(.partiallyRefunded, .refundRest, .refunded), Transition(.paid, .undo, .pending),
        Transition(.paid, .undoWithinGrace, .expired),
    ]

    /// Whether money may still pay it.
    public var isOpen: Bool { self == .pending || self == .expired }

    /// Whether everything that was due had arrived once, whatever has gone back since.
    public var wasPaid: Bool { self == .paid || self == .partiallyRefunded || self == .refunded }

    public static func refusal(of event: Event, in state: PaymentRequestState) -> Reason {
        .requestCannot(event, in: state)
    }
}

extension PaymentRequestState: Worded {
    public var words: Phrase {
        switch self {
        case .pending: Phrase(vi: "chờ thanh toán", en: "pending")
        case .paid: Phrase(vi: "đã thanh toán", en: "paid")
        case .expired: Phrase(vi: "đã hết hạn", en: "expired")
        case .cancelled: Phrase(vi: "đã hủy", en: "cancelled")
        case .partiallyRefunded: Phrase(vi: "đã hoàn một phần", en: "partially refunded")
        case .refunded: Phrase(vi: "đã hoàn toàn bộ", en: "refunded")
        }
    }
}

extension PaymentRequestState.Event: Worded {
    public var words: Phrase {
        switch self {
        case .pay, .payWithinGrace: Phrase(vi: "thanh toán", en: "paid")
        case .expire: Phrase(vi: "hết hạn", en: "expired")
        case .cancel: Phrase(vi: "hủy", en: "cancelled")
        case .cancelAndRefund: Phrase(vi: "hủy và hoàn tiền", en: "cancelled with a refund")
        case .refundPart, .refundAll, .refundRest: Phrase(vi: "hoàn tiền", en: "refunded")
        case .undo, .undoWithinGrace: Phrase(vi: "hoàn tác", en: "undone")
        }
    }
}
