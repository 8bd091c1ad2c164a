public import Values

/// The states of a case.
public enum CaseState: String, StateMachine {
    case open
    /// Ended by a person.
    case resolved
    /// Ended by itself because what was missing arrived.
    case closed

    public enum Event: String, CaseIterable, Hashable, Sendable {
        /// A person's decision used all of its money.
        case resolve
        /// A person has nothing more to do about it.
        case dismiss
        /// What was missing arrived.
        case close
        /// It was ended too early.
        case reopen
        /// The refund that ended it was rejected, so that its money must be decided about again.
        case refundRejected = "refund_rejected"
        /// The statement that had ended it was undone.
        case undo
    }

    public static let machine = "case"
    public static let title = Phrase(vi: "Vụ việc", en: "Case")
    public static let beginnings: [Beginning<CaseState>] = [Beginning("something does not fit", .open)]

    public static let transitions: [Transition<CaseState>] = [
        Transition(.open, .resolve, .resolved), Transition(.open, .dismiss, .resolved),
        Transition(.open, .close, .closed), Transition(.resolved, .reopen, .open),
        Transition(.resolved, .refundRejected, .open), Transition(.closed, .undo, .open),
    ]

    public static func refusal(of event: Event, in state: CaseState) -> Reason { .caseCannot(event, in: state) }

    /// The state that people see: an open case whose proposal waits for the second person has a state of its own.
    public enum Shown: String, Sendable, Hashable, CaseIterable, Worded {
        case open
        case awaitingApproval = "awaiting_approval"
        case resolved, closed

        public init(_ state: CaseState, isProposalWaiting: Bool) {
            switch state {
            case .open: self = isProposalWaiting ? .awaitingApproval : .open
            case .resolved: self = .resolved
            case .closed: self = .closed
            }
        }

        public var words: Phrase {
            switch self {
            case .open: CaseState.open.words
            case .awaitingApproval: Phrase(vi: "chờ duyệt", en: "awaiting approval")
            case .resolved: CaseState.resolved.words
            case .closed: CaseState.closed.words
            }
        }
    }
}

extension CaseState: Worded {
    public var words: Phrase {
        switch self {
        case .open: Phrase(vi: "đang mở", en: "open")
        case .resolved: Phrase(vi: "đã giải quyết", en: "resolved")
        case .closed: Phrase(vi: "đã đóng", en: "closed")
        }
    }
}

extension CaseState.Event: Worded {
    public var words: Phrase {
        switch self {
        case .resolve: Phrase(vi: "quyết định", en: "decided")
        case .dismiss: Phrase(vi: "kết thúc", en: "dismissed")
        case .close: Phrase(vi: "đóng", en: "closed")
        case .reopen, .refundRejected: Phrase(vi: "mở lại", en: "reopened")
        case .undo: Phrase(vi: "hoàn tác", en: "undone")
        }
    }
}
