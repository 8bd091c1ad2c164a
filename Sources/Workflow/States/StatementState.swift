public import Values

/// How far a statement is reconciled. It is not stored: a statement is reconciled when each of its lines has an
/// outcome.
public enum StatementState: String, StateMachine {
    case imported
    case reconciled

    public enum Event: String, CaseIterable, Hashable, Sendable { case reconcile }

    public static let machine = "statement"
    public static let title = Phrase(vi: "Sao kê", en: "Statement")
    public static let beginnings: [Beginning<StatementState>] = [Beginning("import", .imported)]

    public static let transitions: [Transition<StatementState>] = [Transition(.imported, .reconcile, .reconciled)]

    public static func refusal(of event: Event, in state: StatementState) -> Reason {
        .statementCannot(event, in: state)
    }
}

extension StatementState: Worded {
    public var words: Phrase {
        switch self {
        case .imported: Phrase(vi: "đã nhập", en: "imported")
        case .reconciled: Phrase(vi: "đã đối soát", en: "reconciled")
        }
    }
}

extension StatementState.Event: Worded {
    public var words: Phrase {
        switch self {
        case .reconcile: Phrase(vi: "đối soát", en: "reconciled")
        }
    }
}
