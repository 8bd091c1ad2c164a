public import Collection
public import Logging
import Metrics
public import ServiceLifecycle

/// Has receipts numbered by providers while the server runs: as soon as the database signals new ones, and every few seconds
/// in any case.
public struct ProviderReceiptService: Service {
    private static let channel = "khop_receipts"

    private let services: Services
    private let delivery: ProviderDelivery
    private let logger: Logger
    private let pause: Duration

    /// - Parameters:
    ///   - transport: `nil` to send over HTTP.
    ///   - pause: time between two checks if no signal arrives.
    public init(
        _ services: Services,
        transport: (any ProviderTransport)? = nil,
        logger: Logger,
        pause: Duration = .seconds(5)
    ) {
        (self.services, self.logger, self.pause) = (services, logger, pause)
        delivery = services.providerDelivery(transport ?? ProviderWire(services.eventNetworks)) {
            ProviderReceiptService.tell($0, logger)
        }
    }

    public func run() async throws {
        await woken(by: ProviderReceiptService.channel, of: services, orEvery: pause) { await work() }
    }

    private func work() async {
        do {
            while try await delivery.step() > 0 { if Task.isCancelled { return } }
            let waiting = try await services.receiptProviders.waiting()
            Gauge(label: "khop_receipts_awaiting_number").record(waiting.receipts)
        } catch {
            if !Task.isCancelled { logger.warning("receipts wait", metadata: ["error": "\(error)"]) }
        }
    }

    private static func tell(_ report: ProviderDelivery.Report, _ logger: Logger) {
        switch report {
        case .numbered(let agency):
            Counter(label: "khop_provider_receipts_total", dimensions: [("agency", agency)]).increment()
        case .failed(let agency, let order, let reason):
            Counter(label: "khop_provider_receipt_failures_total", dimensions: [("agency", agency)]).increment()
            logger.info(
                "a provider numbered no receipt",
                metadata: ["agency": "\(agency)", "order": "\(order)", "reason": "\(reason)"]
            )
        }
    }
}
