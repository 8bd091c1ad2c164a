public import Values

/// The states that something may be in, and the one table of changes allowed between them.
///
/// Every machine is written in this form, one file each, and listed in ``StateDiagram/all``: docs/states.md is drawn from
/// them, the database keeps the same tables (`state_transition`), and tests hold the three together.
public protocol StateMachine: RawRepresentable<String>, CaseIterable, Hashable, Sendable, Worded {
    /// What changes a state.
    associatedtype Event: RawRepresentable<String>, CaseIterable, Hashable, Sendable, Worded

    /// The machine's name in the database and in docs.
    static var machine: String { get }
    /// What has these states.
    static var title: Phrase { get }
    /// How it begins: the state, and what makes it so.
    static var beginnings: [Beginning<Self>] { get }
    /// All changes that are allowed, and no others.
    static var transitions: [Transition<Self>] { get }

    /// Why an event does not happen in a state that the table has no change for.
    static func refusal(of event: Event, in state: Self) -> Reason
}

/// A code that people read as words; the words of an event are those of what was done, such as "approved".
public protocol Worded {
    var words: Phrase { get }
}

/// One row of a machine's table.
public struct Transition<Machine: StateMachine>: Sendable, Hashable {
    public let from: Machine
    public let event: Machine.Event
    public let to: Machine

    public init(_ from: Machine, _ event: Machine.Event, _ to: Machine) {
        self.from = from
        self.event = event
        self.to = to
    }
}

/// A state that something may begin in.
public struct Beginning<Machine: StateMachine>: Sendable, Hashable {
    /// What makes it, for the diagram.
    public let event: String
    public let state: Machine

    public init(_ event: String, _ state: Machine) {
        self.event = event
        self.state = state
    }
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
