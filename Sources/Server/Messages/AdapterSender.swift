public import Collection
import Values

/// Sends messages through a declared gateway over HTTP.
public final class AdapterSender: MessageSender {
    private let adapter: MessageAdapter
    private let exchanges: WebhookExchanges
    private let timeout: Duration

    /// The most that is read of an answer.
    private static let maximumBytes = 64 << 10

    public init(_ adapter: MessageAdapter, timeout: Duration = .seconds(30)) {
        (self.adapter, self.timeout) = (adapter, timeout)
        // The operator names it, and it may be in the agencies' own network.
        let anywhere = ["0.0.0.0/0", "::/0"].compactMap { IPRange($0) }
        exchanges = WebhookExchanges(EventNetworks(named: anywhere, allowsLoopback: true))
        exchanges.start()
    }

    deinit { exchanges.stop() }

    public func send(_ message: ComposedMessage) async -> MessageAnswer {
        guard let posted = adapter.message(message, timeout: timeout) else {
            return .refused("the gateway has no template for it")
        }
        let exchange = WebhookExchange(posted, exchanges.networks, keeping: AdapterSender.maximumBytes)
        let answer = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in exchanges.begin(exchange, continuation) }
        } onCancel: {
            exchanges.cancel(exchange)
        }
        switch answer {
        case .answered(let status): return adapter.read(status, exchange.body)
        case .refused: return .failed("its address may not be sent to")
        // Nothing was sent.
        case .expired: return .failed("the HTTPS certificate of its server has expired: its operator must renew it")
        case .silent where !exchange.wasSent, .unreachable where !exchange.wasSent: return .failed("no connection")
        case .silent: return .unknown("no answer in time")
        case .unreachable: return .unknown("the connection broke before an answer")
        }
    }
}
