import Synchronization

/// Lets so many in at once; others wait in the order in which they came.
public final class Turns: Sendable {
    private struct State {
        var free: Int
        var waiting: [CheckedContinuation<Void, Never>] = []
        /// Those before this one have had their turn.
        var next = 0
    }

    private let state: Mutex<State>

    public init(_ places: Int) { state = Mutex(State(free: places)) }

    /// Runs the body when there is a place for it.
    public func take<Value>(_ body: () async throws -> Value) async rethrows -> Value {
        await enter()
        defer { leave() }
        return try await body()
    }

    private func enter() async {
        await withCheckedContinuation { continuation in
            let isFree = state.withLock { state in
                if state.free > 0 {
                    state.free -= 1
                    return true
                }
                state.waiting.append(continuation)
                return false
            }
            if isFree { continuation.resume() }
        }
    }

    private func leave() {
        let next: CheckedContinuation<Void, Never>? = state.withLock { state in
            guard state.next < state.waiting.count else {
                state.free += 1
                return nil
            }
            let first = state.waiting[state.next]
            state.next += 1
            if state.next == state.waiting.count {
                state.waiting = []
                state.next = 0
            }
            return first
        }
        next?.resume()
    }
}
