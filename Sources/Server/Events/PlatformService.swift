public import Collection
public import Logging
import Metrics
public import ServiceLifecycle
import Values

/// Asks the national payment platform for what it has said nothing of, while the server runs; and holds its daily files
/// against the books again, hourly, since the bank's statements come later.
public struct PlatformService: Service {
    private let services: Services
    private let inquiries: PlatformInquiries
    private let logger: Logger
    private let pause: Duration

    /// Files of so many days are compared again.
    private static let days = 40

    /// - Parameters:
    ///   - transport: `nil` to ask over HTTP.
    ///   - pause: time between two looks.
    public init(
        _ services: Services,
        transport: (any ProviderTransport)? = nil,
        logger: Logger,
        pause: Duration = .seconds(5)
    ) {
        (self.services, self.logger, self.pause) = (services, logger, pause)
        inquiries = services.platformInquiries(transport ?? ProviderWire(services.eventNetworks)) {
            PlatformService.tell($0, logger)
        }
    }

    public func run() async throws {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await work() }
            do { try await gracefulShutdown() } catch {}
            group.cancelAll()
        }
    }

    private func work() async {
        var compared: Instant?
        while !Task.isCancelled {
            do {
                while try await inquiries.step() > 0 { if Task.isCancelled { return } }
                let waiting = try await services.platform.payments.waiting()
                Gauge(label: "khop_platform_waiting").record(waiting.attempts)
                Gauge(label: "khop_platform_silent").record(waiting.silent)
                let now = Instant.now()
                if compared.map({ $0.adding(seconds: 3600) <= now }) ?? true {
                    _ = try await services.platform.files.compareAll(since: now.day.adding(days: -PlatformService.days))
                    compared = now
                }
                Gauge(label: "khop_platform_differences").record(try await services.platform.files.openDifferences())
            } catch {
                if !Task.isCancelled { logger.warning("the platform waits", metadata: ["error": "\(error)"]) }
            }
            do { try await Task.sleep(for: pause) } catch { return }
        }
    }

    private static func tell(_ report: PlatformInquiries.Report, _ logger: Logger) {
        func count(_ connection: String, _ outcome: String) {
            Counter(
                label: "khop_platform_questions_total",
                dimensions: [("connection", connection), ("outcome", outcome)]
            ).increment()
        }
        switch report {
        case .paid(let connection): count(connection, "paid")
        case .failed(let connection): count(connection, "failed")
        case .pending(let connection): count(connection, "pending")
        case .gaveUp(let connection):
            count(connection, "gave_up")
            logger.error("the platform never said what became of a payment", metadata: ["connection": "\(connection)"])
        case .unanswered(let connection, let reason):
            count(connection, "unanswered")
            logger.info(
                "the platform did not answer",
                metadata: ["connection": "\(connection)", "reason": "\(reason)"]
            )
        }
    }
}
