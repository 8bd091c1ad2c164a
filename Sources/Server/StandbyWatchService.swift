public import Logging
import Metrics
public import Postgres
public import ServiceLifecycle
import Values

/// Looks every second how far behind the standby is that reports are read from, and tells of it; idle where there is none.
public struct StandbyWatchService: Service {
    private let reading: ReadDatabase
    private let logger: Logger
    private let pause: Duration

    public init(_ reading: ReadDatabase, logger: Logger, pause: Duration = .seconds(1)) {
        self.reading = reading
        self.logger = logger
        self.pause = pause
    }

    public func run() async throws {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await watch() }
            do { try await gracefulShutdown() } catch {}
            group.cancelAll()
        }
    }

    private func watch() async {
        var wasUsed: Bool?
        while !Task.isCancelled, let standing = await reading.look() {
            StandbyWatchService.record(standing)
            if wasUsed != standing.isUsed, !Task.isCancelled { tell(standing) }
            wasUsed = standing.isUsed
            do { try await Task.sleep(for: pause) } catch { return }
        }
        // Without a standby there is nothing to do until the end.
        do { try await gracefulShutdown() } catch {}
    }

    private static func record(_ standing: StandbyStanding) {
        Gauge(label: "khop_standby_used").record(standing.isUsed ? 1 : 0)
        switch standing {
        case .near(_, let lag): Gauge(label: "khop_standby_lag_seconds").record(lag / .seconds(1))
        case .behind(let since, let bytes):
            Gauge(label: "khop_standby_lag_bytes").record(bytes)
            guard let since else { return }
            let lag = Double(Instant.now().microseconds - since.microseconds) / 1_000_000
            Gauge(label: "khop_standby_lag_seconds").record(lag)
        case .away, .isPrimary: break
        }
        if standing.isUsed { Gauge(label: "khop_standby_lag_bytes").record(0) }
    }

    private func tell(_ standing: StandbyStanding) {
        switch standing {
        case .near(let asOf, _): logger.notice("reports are read from the standby", metadata: ["as_of": "\(asOf)"])
        case .behind(let since, let bytes):
            logger.warning(
                "the standby is too far behind: reports are read from the primary",
                metadata: ["as_of": "\(since.map { "\($0)" } ?? "unknown")", "bytes": "\(bytes)"]
            )
        case .away(let error):
            logger.warning(
                "the standby is away: reports are read from the primary",
                metadata: ["error": "\(error)"]
            )
        case .isPrimary:
            logger.warning("what should be a standby is a primary: reports are read from the primary")
        }
    }
}
