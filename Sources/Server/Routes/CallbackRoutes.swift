import BankCallbacks
import Collection
import HTTPTypes
import Hummingbird
import Logging
import Metrics
import Postgres
import Synchronization
import Values

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The addresses to which banks and gateways send callbacks.
struct CallbackRoutes {
    let callbacks: Callbacks
    let connections: Connections
    private let counters = OutcomeCounters()
    private let traces: Traces?

    init(_ callbacks: Callbacks, connections: Connections, traces: Traces?) {
        self.traces = traces
        self.callbacks = callbacks
        self.connections = connections
    }

    func add(to router: RouteTable) {
        router.post("/v1/callbacks/:connection", use: receive)
        router.get("/v1/callbacks/:connection", use: receive)
    }

    @Sendable private func receive(_ request: Request, _ context: KhopContext) async throws -> Response {
        let name = context.parameters.get("connection") ?? ""
        let message = SignedMessage(
            method: request.method.rawValue,
            path: request.uri.path,
            query: request.uri.query ?? "",
            authority: request.head.authority ?? "",
            headers: request.headers.map { ($0.name.canonicalName, $0.value) },
            body: try await request.bytes()
        )
        let result: Callbacks.Result
        let (began, steps) = (Instant.now(), traces.map { _ in CallbackSteps() })
        do {
            result = try await callbacks.receive(message, connection: name, from: context.address, steps: steps)
        } catch let error as ServiceError where error.code == .tooManyAttempts {
            count("(limited)", "too_many_attempts")
            throw error
        } catch {
            // The provider must learn in its own protocol that nothing was recorded, so that it sends again.
            let told = ServiceError(unexpected: error)
            context.logger.error(
                "callback failed",
                metadata: ["connection": "\(name.prefix(63))", "error": "\(error)"]
            )
            let isBusy = told.code == .overloaded || told.code == .databaseUnavailable
            let settings = await connections.settings(name)
            let failure: CallbackResult =
                isBusy ? .unavailable(retryAfterSeconds: Problem.retryAfterSeconds) : .failed
            count(name, isBusy ? "unavailable" : "failed")
            return response(
                settings?.acknowledge(failure, in: context.language, to: message)
                    ?? CallbackProfile.standard.acknowledge(failure, in: context.language)
            )
        }
        switch result {
        case .unknownConnection:
            count("(unknown)", "unknown_connection")
            throw ServiceError(
                .notFound,
                Phrase(vi: "Không có kết nối nào mang tên này.", en: "No connection has this name.")
            )
        case .answered(let settings, let outcome):
            switch outcome {
            case .recorded(let word, let request):
                count(name, word)
                trace(name, word, request, from: began, steps)
            case .conflict: count(name, "conflict")
            case .refused(let refusal):
                count(name, refusal.reason.rawValue)
                context.logger.warning(
                    "callback refused",
                    metadata: [
                        "connection": "\(name)", "reason": "\(refusal.reason.rawValue)", "field": "\(refusal.field)",
                    ]
                )
            case .probe, .unavailable, .failed: count(name, "other")
            }
            return response(settings.acknowledge(outcome, in: context.language, to: message))
        }
    }

    private func count(_ connection: String, _ outcome: String) { counters.count(connection, outcome) }

    /// One span for the callback and one for each of its steps; one that names no request belongs to no trace.
    private func trace(_ name: String, _ outcome: String, _ request: String?, from: Instant, _ steps: CallbackSteps?) {
        guard let traces, let steps, let request = request.flatMap({ UUID(uuidString: $0) }) else { return }
        let whole = TraceSpan(
            "callback",
            of: request,
            kind: .server,
            from: from,
            to: .now(),
            ["khop.connection": name, "khop.outcome": outcome]
        )
        traces.add(
            [whole] + steps.all.map { TraceSpan($0.name, of: request, parent: whole.id, from: $0.from, to: $0.to) }
        )
    }

    private func response(_ acknowledgement: Acknowledgement) -> Response {
        var headers = HTTPFields()
        if let type = acknowledgement.contentType { headers[.contentType] = type }
        if let seconds = acknowledgement.retryAfter { headers[.retryAfter] = String(seconds) }
        return Response(
            status: .init(code: acknowledgement.status),
            headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: acknowledgement.body))
        )
    }
}

/// Counts callbacks by connection and outcome; handles are kept. Both labels come from small sets: all unknown
/// connections share one name.
private final class OutcomeCounters: Sendable {
    private struct Key: Hashable {
        let connection: String
        let outcome: String
    }

    private let handles = Mutex<[Key: Counter]>([:])

    func count(_ connection: String, _ outcome: String) {
        let counter = handles.withLock { handles in
            let key = Key(connection: connection, outcome: outcome)
            if let known = handles[key] { return known }
            let made = Counter(
                label: "khop_callbacks_total",
                dimensions: [("connection", connection), ("outcome", outcome)]
            )
            handles[key] = made
            return made
        }
        counter.increment()
    }
}
