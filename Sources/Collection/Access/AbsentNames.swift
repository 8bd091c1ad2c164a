import Synchronization
import Values

/// Remembers for a moment what was looked for and is not there, so that who asks again and again does not reach the
/// database. For names that nobody can choose, such as random keys: those do not come to be by themselves.
final class AbsentNames: Sendable {
    private let absent = Mutex<[String: Instant]>([:])
    private let seconds: Int64
    private let maximum: Int

    /// - Parameters:
    ///   - seconds: for how long.
    ///   - maximum: of how many; if there are more, all are forgotten.
    init(seconds: Int64 = 10, maximum: Int = 10_000) {
        self.seconds = seconds
        self.maximum = maximum
    }

    func contains(_ name: String, at now: Instant = .now()) -> Bool {
        absent.withLock { $0[name].map { $0 > now } ?? false }
    }

    func add(_ name: String, at now: Instant = .now()) {
        absent.withLock {
            if $0.count >= maximum { $0.removeAll(keepingCapacity: true) }
            $0[name] = now.adding(seconds: seconds)
        }
    }
}
