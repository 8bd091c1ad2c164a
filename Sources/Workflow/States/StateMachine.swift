public import Values

/// The states of something, and the table of changes allowed between them.
///
/// Every machine has this form, one file each, and is listed in ``StateDiagram/all``. docs/states.md is generated from
/// them, the database keeps the same tables (`state_transition`), and tests keep the three equal.
public protocol StateMachine: RawRepresentable<String>, CaseIterable, Hashable, Sendable, Worded {
    /// What changes a state.
    associatedtype Event: RawRepresentable<String>, CaseIterable, Hashable, Sendable, Worded

    /// The machine's name in the database and in docs.
    static var machine: String { get }
    /// What has these states.
    static var title: Phrase { get }
    /// The initial states, and what creates each.
    static var beginnings: [Beginning<Self>] { get }
    /// All changes that are allowed, and no others.
    static var transitions: [Transition<Self>] { get }

    /// Why an event cannot happen in a state without a change for it.
    static func refusal(of event: Event, in state: Self) -> Reason
}

extension StateMachine {
    /// Returns the state after an event, or throws why it cannot happen now.
    public static func next(after state: Self, on event: Event) throws(Refusal) -> Self {
        guard let allowed = transitions.first(where: { $0.from == state && $0.event == event }) else {
            throw Refusal(.state, refusal(of: event, in: state))
        }
        return allowed.to
    }

    /// Whether an event may happen in a state.
    public static func allows(_ event: Event, in state: Self) -> Bool {
        transitions.contains { $0.from == state && $0.event == event }
    }

    /// Whether nothing can change this state.
    public var isFinal: Bool { !Self.transitions.contains { $0.from == self } }
}
