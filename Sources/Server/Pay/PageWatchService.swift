public import Collection
public import Logging
public import ServiceLifecycle

/// Keeps open payment pages told of their requests while the server runs. It stands behind the HTTP server in the group: it is
/// told of the end first, and ends the streams that the HTTP server would otherwise wait for.
public struct PageWatchService: Service {
    private let watch: PageWatch
    private let logger: Logger

    public init(_ services: Services, logger: Logger) {
        watch = services.pageWatch
        self.logger = logger
    }

    public func run() async throws {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { [watch, logger] in
                await watch.run { error in
                    logger.warning("open pages were not looked after", metadata: ["error": "\(error)"])
                }
            }
            do { try await gracefulShutdown() } catch {}
            watch.end()
            group.cancelAll()
        }
    }
}
