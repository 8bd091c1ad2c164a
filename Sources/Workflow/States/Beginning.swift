/// An initial state.
public struct Beginning<Machine: StateMachine>: Sendable, Hashable {
    /// What creates it, for the diagram.
    public let event: String
    public let state: Machine

    public init(_ event: String, _ state: Machine) {
        self.event = event
        self.state = state
    }
}
