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
