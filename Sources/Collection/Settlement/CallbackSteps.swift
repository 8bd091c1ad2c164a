import Synchronization
public import Values

/// When the steps of one callback began and ended, for whoever wants to know.
public final class CallbackSteps: Sendable {
    /// One of them.
    public struct Step: Sendable, Hashable {
        public let name: String
        public let from: Instant
        public let to: Instant
    }

    private let steps = Mutex<[Step]>([])

    public init() {}

    /// In the order in which they ended.
    public var all: [Step] { steps.withLock { $0 } }

    func ended(_ name: String, from: Instant) { steps.withLock { $0.append(Step(name: name, from: from, to: .now())) } }
}
