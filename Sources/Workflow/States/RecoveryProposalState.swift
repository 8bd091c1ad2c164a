public import Values

/// The states of a recovery from an uploaded statement, which settles its request when another person has confirmed it.
public enum RecoveryProposalState: String, StateMachine {
    case waiting
    /// Another person confirmed it, and the request was settled.
    case confirmed
    /// Turned down, or it no longer fitted: the line is a case.
    case rejected
    /// A callback arrived and settled the request with the line's money.
    case superseded
    /// Its statement was undone.
    case undone

    public enum Event: String, CaseIterable, Hashable, Sendable { case confirm, reject, supersede, undo }

    public static let machine = "recovery_proposal"
    public static let title = Phrase(vi: "Đề xuất ghi nhận từ sao kê", en: "Proposed recovery")
    public static let beginnings: [Beginning<RecoveryProposalState>] = [Beginning("reconcile", .waiting)]

    public static let transitions: [Transition<RecoveryProposalState>] = [
        Transition(.waiting, .confirm, .confirmed), Transition(.waiting, .reject, .rejected),
        Transition(.waiting, .supersede, .superseded), Transition(.waiting, .undo, .undone),
    ]

    public static func refusal(of event: Event, in state: RecoveryProposalState) -> Reason {
        .recoveryCannot(event, in: state)
    }
}

extension RecoveryProposalState: Worded {
    public var words: Phrase {
        switch self {
        case .waiting: Phrase(vi: "chờ xác nhận", en: "waiting")
        case .confirmed: Phrase(vi: "đã xác nhận", en: "confirmed")
        case .rejected: Phrase(vi: "đã từ chối", en: "rejected")
        case .superseded: Phrase(vi: "đã có thông báo của ngân hàng", en: "superseded")
        case .undone: Phrase(vi: "đã hoàn tác", en: "undone")
        }
    }
}

extension RecoveryProposalState.Event: Worded {
    public var words: Phrase {
        switch self {
        case .confirm: Phrase(vi: "xác nhận", en: "confirmed")
        case .reject: Phrase(vi: "từ chối", en: "rejected")
        case .supersede: Phrase(vi: "thay bằng thông báo của ngân hàng", en: "superseded")
        case .undo: Phrase(vi: "hoàn tác", en: "undone")
        }
    }
}
