import Collection
import Postgres
import ServiceLifecycle

extension Service {
    /// Works as soon as the database signals on a channel, and behind every pause in any case, until the server stops.
    ///
    /// Signals that come while it works make one more turn. Work under way ends by its own time when the server stops, so
    /// that it is known what became of it.
    ///
    /// - Parameter beforehand: what else is done at every pause, by its number from 0.
    func woken(
        by channel: String,
        of services: Services,
        orEvery pause: Duration,
        beforehand: @escaping @Sendable (_ turn: Int) async -> Void = { _ in },
        _ work: @escaping @Sendable () async -> Void
    ) async {
        let listener = Listener(services.database.pool.options, channels: [channel])
        let (wakes, waker) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        await withTaskGroup(of: Void.self) { group in
            group.addTask { for await _ in listener.signals { waker.yield() } }
            group.addTask {
                var turn = 0
                while !Task.isCancelled {
                    await beforehand(turn)
                    turn += 1
                    waker.yield()
                    do { try await Task.sleep(for: pause) } catch { return }
                }
            }
            group.addTask { for await _ in wakes { await work() } }
            do { try await gracefulShutdown() } catch {}
            listener.stop()
            waker.finish()
            group.cancelAll()
        }
    }
}
