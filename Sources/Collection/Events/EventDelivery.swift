import Cryptography
public import Postgres
import Synchronization
public import Values
import Workflow

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// Sends the outbox at least once, the events of each subject in order, without delaying anything else.
///
/// It uses one database connection at a time and none while it waits for an endpoint, so that a slow or unavailable
/// portal delays only its own events.
public final class EventDelivery: Sendable {
    /// How it deals with endpoints.
    public struct Limits: Sendable {
        /// Attempts under way at once, for each endpoint and server.
        public var atOncePerEndpoint = 8
        /// After this many failures in a row there is only one attempt at a time, until one succeeds.
        public var probingAfter = 8
        /// How long an attempt may take.
        public var timeout = Duration.seconds(10)
        /// How long a server may keep a delivery; longer than an attempt takes.
        public var leaseSeconds: Int64 = 30
        /// An endpoint is disabled after this many failures in a row,
        public var disableAfterFailures = 100
        /// if the first of them was at least this long ago.
        public var disableAfterSeconds: Int64 = 86_400
        /// How long events are kept.
        public var keptDays = 90
        /// How long to wait for attempts under way when stopping.
        public var stopGrace = Duration.seconds(3)

        public init() {}
    }

    /// What happened, for logs and metrics.
    public enum Report: Sendable {
        case delivered(endpoint: String)
        case failed(endpoint: String, event: String, reason: String)
        case disabled(endpoint: String)
        /// An attempt ended, one way or the other: for traces.
        case attempted(Attempt)
        /// The database was unavailable, or something else on our side failed; it is retried.
        case stumbled(String)
    }

    /// An attempt to deliver an event, when it was made and how it ended.
    public struct Attempt: Sendable, Hashable {
        public let endpoint: String
        public let type: String
        /// The payment request that the event is about; `nil` if about something else.
        public let requestID: UUID?
        /// From 1.
        public let number: Int
        public let from: Instant
        public let to: Instant
        public let isDelivered: Bool
    }

    private struct State {
        var busy: [Int32: Int] = [:]
        var results: [DeliveryResult] = []
    }

    private let queue: EventQueue
    private let mode: InstallationMode
    private let box: SecretBox
    private let sender: any EventSender
    private let limits: Limits
    private let report: @Sendable (Report) -> Void
    private let state = Mutex(State())
    private let wakes: AsyncStream<Void>
    private let waker: AsyncStream<Void>.Continuation

    /// - Parameters:
    ///   - mode: a test installation says in a header of each message that it is one.
    ///   - clock: the time, for tests; `nil` for the database's, which all servers share.
    public init(
        _ database: Database,
        _ mode: InstallationMode,
        box: SecretBox,
        sender: any EventSender,
        limits: Limits = Limits(),
        clock: (@Sendable () -> Instant)? = nil,
        report: @escaping @Sendable (Report) -> Void = { _ in }
    ) {
        queue = EventQueue(database: database, limits: limits, clock: clock)
        (self.box, self.mode) = (box, mode)
        self.sender = sender
        self.limits = limits
        self.report = report
        (wakes, waker) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    }

    /// Signals that there may be something to do; never waits.
    public func wake() { waker.yield() }

    /// Ends ``run()``: nothing new is started, and attempts under way get a moment to finish.
    public func stop() { waker.finish() }

    /// The number of deliveries waiting in the whole database.
    public func pending() async throws -> Int { try await queue.pending() }

    /// Gives up overdue deliveries and deletes old events.
    public func tidy() async throws { try await queue.tidy() }

    /// Delivers whenever it is woken, until ``stop()``. Call it only once.
    public func run() async {
        await withDiscardingTaskGroup { group in
            for await _ in wakes {
                do {
                    for delivery in try await step() { group.addTask { await self.attempt(delivery) } }
                } catch {
                    if !Task.isCancelled { report(.stumbled("\(error)")) }
                }
            }
            // An attempt under way may well succeed: better to wait for its answer than to send the event again.
            let end = ContinuousClock.now + limits.stopGrace
            while state.withLock({ !$0.busy.isEmpty }), ContinuousClock.now < end, !Task.isCancelled {
                do { try await Task.sleep(for: .milliseconds(20)) } catch { break }
            }
            group.cancelAll()
        }
        do { try await settle() } catch { report(.stumbled("\(error)")) }
    }

    /// Records the results of attempts and claims what is due.
    private func step() async throws -> [ClaimedDelivery] {
        try await settle()
        let claimed = try await queue.claim(busy: state.withLock { $0.busy })
        state.withLock { state in
            for delivery in claimed { state.busy[delivery.endpointID, default: 0] += 1 }
        }
        return claimed
    }

    private func settle() async throws {
        let results = state.withLock { state in
            defer { state.results = [] }
            return state.results
        }
        do {
            for name in try await queue.record(results) { report(.disabled(endpoint: name)) }
        } catch {
            // Kept for the next step; without one, the leases expire and the events are sent again.
            state.withLock { $0.results = results + $0.results }
            throw error
        }
    }

    private func attempt(_ delivery: ClaimedDelivery) async {
        let from = Instant.now()
        let result = await send(delivery)
        let subject = delivery.subject.split(separator: ":")
        report(
            .attempted(
                Attempt(
                    endpoint: delivery.endpoint,
                    type: delivery.type,
                    requestID: subject.first == "request" ? subject.last.flatMap { UUID(uuidString: String($0)) } : nil,
                    number: delivery.attempt,
                    from: from,
                    to: .now(),
                    isDelivered: result.outcome == .delivered
                )
            )
        )
        state.withLock { state in
            state.results.append(result)
            let left = (state.busy[delivery.endpointID] ?? 1) - 1
            state.busy[delivery.endpointID] = left > 0 ? left : nil
        }
        wake()
    }

    private func send(_ delivery: ClaimedDelivery) async -> DeliveryResult {
        func result(_ outcome: DeliveryResult.Outcome, _ error: Reason? = nil) -> DeliveryResult {
            var generator = SystemRandomNumberGenerator()
            return DeliveryResult(
                eventID: delivery.eventID,
                endpointID: delivery.endpointID,
                attempt: delivery.attempt,
                outcome: outcome,
                error: error,
                pauseMilliseconds: RetrySchedule.pauseMilliseconds(
                    afterAttempts: delivery.attempt,
                    using: &generator
                )
            )
        }
        func failure(_ reason: Reason, _ detail: String = "") -> DeliveryResult {
            let text = EventDelivery.printable(reason.sentence(in: .english) + (detail.isEmpty ? "" : " " + detail))
            report(.failed(endpoint: delivery.endpoint, event: Event.webhookID(delivery.eventID), reason: text))
            return result(reason.code == .endpointGone ? .gone : .failed, reason)
        }
        let name = delivery.endpoint
        let message: EventMessage
        do { message = try self.message(delivery) } catch {
            return failure(.endpointSecretUnreadable(name), "\(error)")
        }
        switch await sender.send(message) {
        case .answered(let status) where (200..<300).contains(status):
            report(.delivered(endpoint: delivery.endpoint))
            return result(.delivered)
        case .answered(410): return failure(.endpointGone(name))
        case .answered(let status): return failure(.endpointAnswered(name, status: status))
        case .unreachable where Task.isCancelled, .silent where Task.isCancelled: return result(.interrupted)
        case .silent: return failure(.endpointSilent(name, seconds: limits.timeout.components.seconds))
        case .refused: return failure(.endpointNotAllowed(name))
        case .expired: return failure(.endpointCertificateExpired(name))
        case .unreachable(let detail): return failure(.endpointUnreachable(name), detail)
        }
    }

    private func message(_ delivery: ClaimedDelivery) throws -> EventMessage {
        let id = Event.webhookID(delivery.eventID)
        // The time of sending: receivers refuse messages older than a few minutes.
        let timestamp = Instant.now().unixSeconds
        let body = Array(delivery.body.utf8)
        let signatures = try [delivery.sealed, delivery.previousSealed].compactMap { $0 }.map { sealed in
            try EventSecret(try box.open(sealed.bytes, for: EventEndpoints.binding(delivery.endpoint)))
                .signature(id: id, timestamp: timestamp, body: body)
        }
        return EventMessage(
            url: delivery.url,
            headers: [
                ("Content-Type", "application/json"), ("User-Agent", "khop"), ("webhook-id", id),
                ("webhook-timestamp", String(timestamp)), ("webhook-signature", signatures.joined(separator: " ")),
            ] + (mode == .test ? [("khop-mode", mode.rawValue)] : []),
            body: body,
            timeout: limits.timeout
        )
    }

    /// At most 300 printable characters.
    private static func printable(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.prefix(300).map { $0.value < 0x20 || $0.value == 0x7F ? " " : $0 }
            )
        )
    }
}
