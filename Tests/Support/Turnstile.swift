import Synchronization

/// Lets so many in at once; others wait in the order in which they came.
///
/// The tests run as many at once as the library likes, hundreds of them. Each has a database and a pool of connections:
/// on a busy machine the cluster ran out of connections, and everything waited for everything.
final class Turnstile: Sendable {
    private struct State {
        var free: Int
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let state: Mutex<State>

    /// Whether this task is inside already: who has one database and opens another does not wait for itself.
    @TaskLocal private static var isInside = false

    init(_ places: Int) { state = Mutex(State(free: places)) }

    /// Runs the body when there is a place for it.
    func pass<Value>(_ body: () async throws -> Value) async rethrows -> Value {
        if Turnstile.isInside { return try await body() }
        await enter()
        defer { leave() }
        return try await Turnstile.$isInside.withValue(true) { try await body() }
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
            if state.waiting.isEmpty {
                state.free += 1
                return nil
            }
            return state.waiting.removeFirst()
        }
        next?.resume()
    }
}
