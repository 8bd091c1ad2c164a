public import Collection

/// Sends events over HTTP.
///
/// The address of each connection is checked when it is opened, after the name was resolved, so that a name cannot lead
/// into a private network whatever it resolved to before. Redirects are not followed, no proxy is used, and nothing of an
/// answer is kept but its status.
public final class WebhookSender: EventSender {
    private let exchanges: WebhookExchanges

    private let authorities: String?

    /// - Parameters:
    ///   - networks: where connections may lead.
    ///   - authorities: a file with the certificates of the authorities that are trusted, in PEM; `nil` for the system's.
    public init(_ networks: EventNetworks, authorities: String? = nil) {
        self.authorities = authorities
        exchanges = WebhookExchanges(networks)
        exchanges.start()
    }

    deinit { exchanges.stop() }

    public func send(_ message: EventMessage) async -> EventAnswer {
        let exchange = WebhookExchange(message, exchanges.networks, authorities: authorities)
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in exchanges.begin(exchange, continuation) }
        } onCancel: {
            exchanges.cancel(exchange)
        }
    }
}
