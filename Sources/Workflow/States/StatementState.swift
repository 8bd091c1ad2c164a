public import Values

/// How far a statement is reconciled. Only `undone` is stored: a statement is reconciled when each of its lines has an
/// outcome.
public enum StatementState: String, StateMachine {
    case imported
    case reconciled
    /// Taken back with what its run did; it counts for nothing, and its file may be imported again.
    case undone

    public enum Event: String, CaseIterable, Hashable, Sendable { case reconcile, undo }

    public static let machine = "statement"
    public static let title = Phrase(vi: "Sao kê", en: "Statement")
    public static let beginnings: [Beginning<StatementState>] = [Beginning("import", .imported)]

    public static let transitions: [Transition<StatementState>] = [
        Transition(.imported, .reconcile, .reconciled), Transition(.imported, .undo, .undone),
        Transition(.reconciled, .undo, .undone),
    ]

    public static func refusal(of event: Event, in state: StatementState) -> Reason {
        .statementCannot(event, in: state)
    }
}

extension StatementState: Worded {
    public var words: Phrase {
        switch self {
        case .imported: Phrase(vi: "đã nhập", en: "imported")
        case .reconciled: Phrase(vi: "đã đối soát", en: "reconciled")
        case .undone: Phrase(vi: "đã hoàn tác", en: "undone")
        }
    }
}

extension StatementState.Event: Worded {
    public var words: Phrase {
        switch self {
        case .reconcile: Phrase(vi: "đối soát", en: "reconciled")
        case .undo: Phrase(vi: "hoàn tác", en: "undone")
        }
    }
}
