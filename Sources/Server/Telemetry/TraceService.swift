public import Collection
public import Logging
import Metrics
public import ServiceLifecycle
import Values

/// Sends traces while the server runs, as OTLP over HTTP in JSON: no package of an exporter is among those that khop builds with.
public struct TraceService: Service {
    private let traces: Traces
    private let url: String
    private let sender: any EventSender
    private let logger: Logger
    private let pause: Duration

    /// How many spans a message has at most.
    private static let batch = 512

    /// - Parameters:
    ///   - url: the collector's; `/v1/traces` is added.
    ///   - sender: `nil` to send over HTTP, to wherever the operator has named.
    ///   - pause: time between two messages.
    public init(
        _ traces: Traces,
        url: String,
        sender: (any EventSender)? = nil,
        logger: Logger,
        pause: Duration = .seconds(2)
    ) {
        // The operator names it, and it may be in the agencies' own network.
        let anywhere = ["0.0.0.0/0", "::/0"].compactMap { IPRange($0) }
        self.sender = sender ?? WebhookSender(EventNetworks(named: anywhere, allowsLoopback: true))
        (self.traces, self.url, self.logger, self.pause) = (traces, url, logger, pause)
    }

    public func run() async throws { await repeating(every: pause) { await send() } }

    /// Sends what waits; what cannot be sent is lost, and that is told.
    private func send() async {
        while true {
            let (spans, dropped) = traces.take(TraceService.batch)
            if dropped > 0 { Counter(label: "khop_trace_spans_lost_total").increment(by: Int64(dropped)) }
            guard !spans.isEmpty else { return }
            let message = EventMessage(
                url: url + "/v1/traces",
                headers: [("Content-Type", "application/json"), ("User-Agent", "khop")],
                body: TraceService.document(spans).bytes,
                timeout: .seconds(10)
            )
            if case .answered(let status) = await sender.send(message), (200..<300).contains(status) { continue }
            Counter(label: "khop_trace_spans_lost_total").increment(by: Int64(spans.count))
            logger.warning("traces could not be sent", metadata: ["spans": "\(spans.count)"])
            return
        }
    }

    static func document(_ spans: [TraceSpan]) -> JSON {
        [
            "resourceSpans": [
                [
                    "resource": ["attributes": [["key": "service.name", "value": ["stringValue": "khop"]]]],
                    "scopeSpans": [["scope": ["name": "khop"], "spans": .array(spans.map(\.json))]],
                ]
            ]
        ]
    }
}
