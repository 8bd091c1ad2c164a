import Synchronization
import Values

/// A clock that is set by hand. It begins two minutes ahead of the database, so that what is written meanwhile is due
/// however long a busy machine takes.
final class HandClock: Sendable {
    private let time = Mutex(Instant.now().adding(seconds: 120))

    var now: Instant { time.withLock { $0 } }
    func advance(_ seconds: Int64) { time.withLock { $0 = $0.adding(seconds: seconds) } }
}
