public import Collection

/// Carries messages to providers of receipts over HTTP, as ``WebhookSender`` does to portals; but what they answer is read.
final class ProviderWire: ProviderTransport {
    private let exchanges: WebhookExchanges

    /// The most that is read of an answer: a receipt's PDF in base64.
    private static let maximumBytes = 4 << 20

    /// - Parameter networks: where connections may lead.
    init(_ networks: EventNetworks) {
        exchanges = WebhookExchanges(networks)
        exchanges.start()
    }

    deinit { exchanges.stop() }

    func exchange(_ message: EventMessage) async -> (answer: EventAnswer, body: [UInt8]) {
        let exchange = WebhookExchange(message, exchanges.networks, keeping: ProviderWire.maximumBytes)
        let answer = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in exchanges.begin(exchange, continuation) }
        } onCancel: {
            exchanges.cancel(exchange)
        }
        // The thread of the exchanges is done with it.
        return (answer, exchange.body)
    }
}

/// What carries messages to providers of receipts, for the command line.
public func providerTransport(_ networks: EventNetworks) -> any ProviderTransport { ProviderWire(networks) }
