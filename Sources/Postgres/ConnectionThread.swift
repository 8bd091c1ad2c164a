import Glibc
import Synchronization

/// A thread that runs the jobs of one connection, so that blocking libpq calls never occupy a shared thread.
///
/// Measured on two cores: blocking calls on such threads reach as many round trips as pgbench does, and many blocked
/// threads do not starve each other.
final class ConnectionThread: SerialExecutor, @unchecked Sendable {
    private struct State {
        var jobs: [UnownedJob] = []
        var isStopped = false
    }

    // A mutex and a condition variable, because `Mutex` cannot be waited on.
    private let lock: UnsafeMutablePointer<pthread_mutex_t>
    private let condition: UnsafeMutablePointer<pthread_cond_t>
    private var state = State()

    init() {
        lock = .allocate(capacity: 1)
        condition = .allocate(capacity: 1)
        pthread_mutex_init(lock, nil)
        pthread_cond_init(condition, nil)
        startThread { [self] in loop() }
    }

    deinit {
        pthread_cond_destroy(condition)
        pthread_mutex_destroy(lock)
        lock.deallocate()
        condition.deallocate()
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let unowned = UnownedJob(job)
        pthread_mutex_lock(lock)
        state.jobs.append(unowned)
        pthread_cond_signal(condition)
        pthread_mutex_unlock(lock)
    }

    func asUnownedSerialExecutor() -> UnownedSerialExecutor { UnownedSerialExecutor(ordinary: self) }

    /// Ends the thread once all jobs enqueued so far have run.
    func stop() {
        pthread_mutex_lock(lock)
        state.isStopped = true
        pthread_cond_signal(condition)
        pthread_mutex_unlock(lock)
    }

    private func loop() {
        let executor = asUnownedSerialExecutor()
        while true {
            pthread_mutex_lock(lock)
            while state.jobs.isEmpty && !state.isStopped { pthread_cond_wait(condition, lock) }
            let jobs = state.jobs
            state.jobs.removeAll(keepingCapacity: true)
            pthread_mutex_unlock(lock)
            if jobs.isEmpty { return }
            for job in jobs { job.runSynchronously(on: executor) }
        }
    }
}

/// Runs the body on a new detached thread.
func startThread(_ body: @escaping @Sendable () -> Void) {
    final class Box: Sendable {
        let body: @Sendable () -> Void
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }
    var thread = pthread_t()
    let context = Unmanaged.passRetained(Box(body)).toOpaque()
    let status = pthread_create(
        &thread,
        nil,
        { context in
            Unmanaged<Box>.fromOpaque(context!).takeRetainedValue().body()
            return nil
        },
        context
    )
    precondition(status == 0, "the system gave no thread (errno \(status)): too many processes or threads?")
    pthread_detach(thread)
}
