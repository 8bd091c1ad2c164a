public import Collection
public import Logging
import Metrics
public import ServiceLifecycle
import Values

/// Tells another agency of each seal while the server runs.
public struct WitnessService: Service {
    private let telling: WitnessTelling?
    private let logger: Logger
    private let pause: Duration

    /// - Parameters:
    ///   - sender: `nil` to send over HTTP, to wherever the operator has named.
    ///   - pause: time between two looks for new seals.
    public init(
        _ services: Services,
        sender: (any EventSender)? = nil,
        logger: Logger,
        pause: Duration = .seconds(5)
    ) {
        // The operator names it, and it may be in the agencies' own network.
        let anywhere = ["0.0.0.0/0", "::/0"].compactMap { IPRange($0) }
        telling = services.witnessTelling(
            sender ?? WebhookSender(EventNetworks(named: anywhere, allowsLoopback: true))
        )
        self.logger = logger
        self.pause = pause
    }

    public func run() async throws {
        guard let telling else { return try await gracefulShutdown() }
        await repeating(every: pause) { await tell(telling) }
    }

    private func tell(_ telling: WitnessTelling) async {
        do {
            switch try await telling.pass() {
            case .told(let number): Gauge(label: "khop_seal_witness_number").record(number)
            case .idle: break
            case .failed(let why):
                Counter(label: "khop_seal_witness_failures_total").increment()
                logger.warning("the witness of the seals was not told", metadata: ["reason": "\(why)"])
            case .contradicted(let number):
                Counter(label: "khop_seal_witness_contradictions_total").increment()
                logger.critical(
                    "the witness holds another seal of this number: run khop seal verify",
                    metadata: ["seal": "\(number)"]
                )
            }
        } catch {
            if Task.isCancelled { return }
            logger.warning("the witness of the seals was not told", metadata: ["error": "\(error)"])
        }
    }
}
