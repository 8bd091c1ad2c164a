public import Collection
public import Logging
import Metrics
import Postgres
public import ServiceLifecycle

/// Sends events while the server runs: as soon as the database signals new ones, and every few seconds in any case.
public struct EventDeliveryService: Service {
    /// The channel on which the database signals new events.
    private static let channel = "khop_events"
    /// Pauses between two rounds of counting pending events, giving up old ones and deleting expired ones.
    private static let pausesPerRound = 15

    private let services: Services
    private let delivery: EventDelivery
    private let logger: Logger
    private let pause: Duration

    /// - Parameters:
    ///   - sender: `nil` to send over HTTP.
    ///   - pause: time between two checks if no signal arrives.
    public init(
        _ services: Services,
        sender: (any EventSender)? = nil,
        limits: EventDelivery.Limits = EventDelivery.Limits(),
        traces: Traces? = nil,
        logger: Logger,
        pause: Duration = .seconds(2)
    ) {
        self.services = services
        self.logger = logger
        self.pause = pause
        delivery = services.eventDelivery(
            sender ?? WebhookSender(services.eventNetworks),
            limits: limits,
            report: { EventDeliveryService.tell($0, traces, logger) }
        )
    }

    public func run() async throws {
        let listener = Listener(services.database.pool.options, channels: [EventDeliveryService.channel])
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                for await _ in listener.signals { delivery.wake() }
            }
            group.addTask { await tick() }
            await withGracefulShutdownHandler {
                await delivery.run()
            } onGracefulShutdown: {
                delivery.stop()
            }
            listener.stop()
            group.cancelAll()
        }
    }

    private func tick() async {
        var count = 0
        while !Task.isCancelled {
            delivery.wake()
            if count % EventDeliveryService.pausesPerRound == 0 {
                do {
                    try await delivery.tidy()
                    Gauge(label: "khop_events_pending").record(try await delivery.pending())
                } catch {
                    if Task.isCancelled { return }
                    logger.warning("events could not be tidied", metadata: ["error": "\(error)"])
                }
            }
            count += 1
            do { try await Task.sleep(for: pause) } catch { return }
        }
    }

    private static func tell(_ report: EventDelivery.Report, _ traces: Traces?, _ logger: Logger) {
        switch report {
        case .delivered(let endpoint):
            Counter(label: "khop_events_delivered_total", dimensions: [("endpoint", endpoint)]).increment()
        case .failed(let endpoint, let event, let reason):
            Counter(label: "khop_events_failed_total", dimensions: [("endpoint", endpoint)]).increment()
            logger.info(
                "event not delivered",
                metadata: ["endpoint": "\(endpoint)", "event": "\(event)", "reason": "\(reason)"]
            )
        case .attempted(let attempt): traces?.add(attempt)
        case .disabled(let endpoint):
            logger.error("event endpoint disabled", metadata: ["endpoint": "\(endpoint)"])
        case .stumbled(let reason): logger.warning("events wait", metadata: ["error": "\(reason)"])
        }
    }
}
