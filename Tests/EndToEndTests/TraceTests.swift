import Collection
import Foundation
import Logging
import PureSupport
import TestSupport
import Testing
import Values

@testable import Server

/// Traces as a collector gets them: one for a payment request, from the callback to the portal.
@Suite struct TraceTests {
    private static func spans(_ receiver: EventReceiver) throws -> [JSON] {
        try receiver.at("/v1/traces").flatMap { message in
            try (JSON.parse(message.body)["resourceSpans"]?.array ?? []).flatMap { resource in
                (resource["scopeSpans"]?.array ?? []).flatMap { $0["spans"]?.array ?? [] }
            }
        }
    }

    private static func running(_ traces: Traces, _ url: String, _ body: () async throws -> Void) async throws {
        let service = TraceService(traces, url: url, logger: Logger(label: "test"), pause: .milliseconds(20))
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await service.run() }
            try await body()
            group.cancelAll()
        }
    }

    @Test func `callback, its steps and the event are one trace, the payment request's`() async throws {
        let traces = Traces()
        var options = ServerOptions(publicURL: "http://127.0.0.1:1")
        options.traces = traces
        try await PayDesk.with(options) { desk in
            try await EventReceiver.with { receiver in
                let portal: JSON = [
                    "name": "portal", "url": .string(receiver.url()), "types": ["payment_request.paid"],
                ]
                let admin = try await desk.server.key(.admin)
                let added = try await desk.server.send("POST", "/v1/event-endpoints", key: admin, json: portal)
                #expect(added.status == 201, "\(added.text)")
                try await Self.running(traces, receiver.url("")) {
                    let asked = try await desk.ask()
                    #expect(try await desk.pay(10_000, asked.reference) == "settled")
                    let trace = asked.id.replacing("-", with: "")
                    try await until("the callback, its two steps, and the event") {
                        try Set(Self.spans(receiver).compactMap { $0["name"]?.string })
                            == ["callback", "verify", "settle", "event payment_request.paid"]
                    }
                    let spans = try Self.spans(receiver)
                    #expect(spans.allSatisfy { $0["traceId"]?.string == trace }, "\(spans)")
                    let named = Dictionary(
                        spans.map { ($0["name"]?.string ?? "", $0) },
                        uniquingKeysWith: { first, _ in first }
                    )
                    let callback = try #require(named["callback"])
                    for step in ["verify", "settle"] {
                        #expect(named[step]?["parentSpanId"] == callback["spanId"], "\(step)")
                        let from = Int64(named[step]?["startTimeUnixNano"]?.string ?? "") ?? .max
                        #expect(from <= Int64(named[step]?["endTimeUnixNano"]?.string ?? "") ?? 0)
                    }
                    // Nothing personal, no account, no reference.
                    let text = spans.map(\.serialized).joined()
                    #expect(
                        !text.contains("NGUYEN") && !text.contains(PayDesk.account) && !text.contains(asked.reference)
                    )
                }
            }
        }
    }

    @Test func `a collector that refuses or is away costs spans, never work`() async throws {
        let traces = Traces()
        try await EventReceiver.with { receiver in
            receiver.behave(.answer(503), at: "/v1/traces")
            try await Self.running(traces, receiver.url("")) {
                for _ in 0..<(Traces.maximum + 10) {
                    traces.add(TraceSpan("x", of: UUID(), from: .now(), to: .now()))
                }
                try await until("a refusal") { !receiver.at("/v1/traces").isEmpty }
                receiver.behave(.answer(200), at: "/v1/traces")
                try await until("the rest") { traces.take(0).spans.isEmpty && receiver.at("/v1/traces").count > 1 }
            }
        }
        #expect(traces.take(1).dropped == 0)
    }

    @Test func `what does not fit is dropped and counted`() {
        let traces = Traces()
        for _ in 0..<(Traces.maximum + 7) { traces.add(TraceSpan("x", of: UUID(), from: .now(), to: .now())) }
        let first = traces.take(5)
        #expect(first.spans.count == 5 && first.dropped == 7)
        #expect(traces.take(.max).spans.count == Traces.maximum - 5)
    }
}
