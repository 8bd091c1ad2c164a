public import Values

/// The states of a move of money that one person proposed for a case.
public enum CaseProposalState: String, StateMachine {
    case waiting
    /// Another person agreed, and it was done.
    case performed
    /// Withdrawn or turned down, or the case ended by itself.
    case withdrawn

    public enum Event: String, CaseIterable, Hashable, Sendable { case perform, withdraw }

    public static let machine = "case_proposal"
    public static let title = Phrase(vi: "Đề xuất xử lý vụ việc", en: "Proposal for a case")
    public static let beginnings: [Beginning<CaseProposalState>] = [Beginning("propose", .waiting)]

    public static let transitions: [Transition<CaseProposalState>] = [
        Transition(.waiting, .perform, .performed), Transition(.waiting, .withdraw, .withdrawn),
    ]

    public static func refusal(of event: Event, in state: CaseProposalState) -> Reason {
        .proposalCannot(event, in: state)
    }
}

extension CaseProposalState: Worded {
    public var words: Phrase {
        switch self {
        case .waiting: Phrase(vi: "chờ duyệt", en: "waiting")
        case .performed: Phrase(vi: "đã thực hiện", en: "performed")
        case .withdrawn: Phrase(vi: "đã rút", en: "withdrawn")
        }
    }
}

extension CaseProposalState.Event: Worded {
    public var words: Phrase {
        switch self {
        case .perform: Phrase(vi: "thực hiện", en: "performed")
        case .withdraw: Phrase(vi: "rút", en: "withdrawn")
        }
    }
}
