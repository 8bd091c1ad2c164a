import Collection
import Synchronization
import Values

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The spans that wait to be sent. What does not fit is dropped and counted: work never waits for whoever looks at it.
public final class Traces: Sendable {
    private struct State {
        var spans: [TraceSpan] = []
        var dropped = 0
    }

    static let maximum = 8192
    private let state = Mutex(State())

    public init() {}

    func add(_ spans: TraceSpan...) { add(spans) }

    func add(_ spans: [TraceSpan]) {
        state.withLock { state in
            let room = max(0, Traces.maximum - state.spans.count)
            state.spans += spans.prefix(room)
            state.dropped += max(0, spans.count - room)
        }
    }

    /// What waits, at most so many, and how many were dropped since the last call.
    func take(_ count: Int) -> (spans: [TraceSpan], dropped: Int) {
        state.withLock { state in
            let taken = Array(state.spans.prefix(count))
            state.spans.removeFirst(taken.count)
            defer { state.dropped = 0 }
            return (taken, state.dropped)
        }
    }

    /// An attempt to tell a portal of an event; events that are not of a payment request belong to no trace.
    func add(_ attempt: EventDelivery.Attempt) {
        guard let request = attempt.requestID else { return }
        add(
            TraceSpan(
                "event \(attempt.type)",
                of: request,
                kind: .client,
                from: attempt.from,
                to: attempt.to,
                ["khop.endpoint": attempt.endpoint, "khop.attempt": String(attempt.number)],
                isError: !attempt.isDelivered
            )
        )
    }
}
