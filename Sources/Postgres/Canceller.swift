import CLibpq
import Dispatch
import Synchronization

/// Sends `PQcancel` from another thread, under a lock that guarantees that the statement is still ours.
final class Canceller: Sendable {
    private struct State: @unchecked Sendable {
        var handle: OpaquePointer?
        /// The number of the call that is running.
        var running: Int?
        var issued = 0
        var wasUsed = false
    }

    private let state = Mutex(State())
    private static let queue = DispatchQueue(label: "khop.postgres.cancel")
    /// A cancel request that arrives just before its statement has no effect, so it is sent again until the work has
    /// ended.
    private static let attempts = 200
    private static let pauseMilliseconds = 20

    deinit { disconnected() }

    /// Whether a cancel was ever requested; the connection is then not lent again, since the request may still be in
    /// flight.
    var wasUsed: Bool { state.withLock { $0.wasUsed } }

    func connected(to pointer: OpaquePointer) {
        nonisolated(unsafe) let handle = PQgetCancel(pointer)
        state.withLock { $0.handle = handle }
    }

    func disconnected() {
        state.withLock {
            if let handle = $0.handle { PQfreeCancel(handle) }
            $0.handle = nil
        }
    }

    /// Returns a number for a new call. A cancel request names it, so that a late request cannot hit the next call.
    func issue() -> Int {
        state.withLock {
            $0.issued += 1
            return $0.issued
        }
    }

    func begin(_ call: Int) { state.withLock { $0.running = call } }

    func end() { state.withLock { $0.running = nil } }

    func cancel(_ call: Int) { Canceller.queue.async { [self] in send(call, attempt: 0) } }

    private func send(_ call: Int, attempt: Int) {
        // The lock is held while PQcancel connects and waits, so that the work cannot end, and its connection cannot be
        // lent to another task, before the request has arrived.
        let isDone = state.withLock { state -> Bool in
            guard state.running == call, let handle = state.handle else { return true }
            state.wasUsed = true
            var message = [CChar](repeating: 0, count: 256)
            PQcancel(handle, &message, Int32(message.count))
            return false
        }
        guard !isDone, attempt < Canceller.attempts else { return }
        Canceller.queue.asyncAfter(deadline: .now() + .milliseconds(Canceller.pauseMilliseconds)) { [self] in
            send(call, attempt: attempt + 1)
        }
    }
}
