import ServiceLifecycle

extension Service {
    /// Does the same again and again, with a pause behind each time, until the server stops; work under way is then cancelled.
    func repeating(every pause: Duration, _ work: @escaping @Sendable () async -> Void) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                while !Task.isCancelled {
                    await work()
                    do { try await Task.sleep(for: pause) } catch { return }
                }
            }
            do { try await gracefulShutdown() } catch {}
            group.cancelAll()
        }
    }
}
