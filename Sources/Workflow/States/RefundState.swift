public import Values

/// The states of a refund.
public enum RefundState: String, StateMachine {
    /// Waits for another person.
    case requested
    /// May be executed.
    case approved
    /// Ended without a payment; its claim on the money is released.
    case rejected
    /// Booked and ordered; no debit line has confirmed it yet.
    case executed
    /// Seen leaving the bank.
    case settled

    public enum Event: String, CaseIterable, Hashable, Sendable {
        case approve, reject, execute
        case leaveBank = "leave_bank"
        /// The statement whose line confirmed it was undone.
        case undo
    }

    public static let machine = "refund"
    public static let title = Phrase(vi: "Khoản hoàn", en: "Refund")

    public static let beginnings: [Beginning<RefundState>] = [
        Beginning("request", .requested), Beginning("decide in a case, two persons", .approved),
    ]

    public static let transitions: [Transition<RefundState>] = [
        Transition(.requested, .approve, .approved), Transition(.requested, .reject, .rejected),
        Transition(.approved, .reject, .rejected), Transition(.approved, .execute, .executed),
        Transition(.executed, .leaveBank, .settled), Transition(.settled, .undo, .executed),
    ]

    public static func refusal(of event: Event, in state: RefundState) -> Reason { .refundCannot(event, in: state) }
}

extension RefundState: Worded {
    public var words: Phrase {
        switch self {
        case .requested: Phrase(vi: "chờ duyệt", en: "requested")
        case .approved: Phrase(vi: "đã duyệt", en: "approved")
        case .rejected: Phrase(vi: "đã từ chối", en: "rejected")
        case .executed: Phrase(vi: "đã lệnh chi", en: "executed")
        case .settled: Phrase(vi: "đã ra khỏi ngân hàng", en: "settled")
        }
    }
}

extension RefundState.Event: Worded {
    public var words: Phrase {
        switch self {
        case .approve: Phrase(vi: "duyệt", en: "approved")
        case .reject: Phrase(vi: "từ chối", en: "rejected")
        case .execute: Phrase(vi: "lệnh chi", en: "executed")
        case .leaveBank: Phrase(vi: "ghi nhận đã ra khỏi ngân hàng", en: "recorded as paid by the bank")
        case .undo: Phrase(vi: "hoàn tác", en: "undone")
        }
    }
}
