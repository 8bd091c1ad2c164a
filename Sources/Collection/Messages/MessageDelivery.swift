public import Casework
import Postgres
public import Values
public import Workflow

/// Sends the outbox of messages, each at most once.
///
/// A message is marked as being sent, and that is committed, before it is handed to anybody. If the other side says that it
/// took it, or certainly did not, that is written; if nobody says (a connection that broke after the last byte, a server that
/// died), it is unknown and stays so: a payer who is told twice of one payment believes to have paid twice.
public struct MessageDelivery: Sendable {
    /// What became of a message, for logs and metrics.
    public struct Report: Sendable, Hashable {
        public let id: Int64
        public let channel: ContactChannel
        public let state: PayerMessageState
        /// Why it was not sent; names no address.
        public let error: String?
    }

    private let queue: MessageQueue
    private let senders: [ContactChannel: any MessageSender]
    private let composer: any MessageComposer
    private let quiet: NightHours?
    private let report: @Sendable (Report) -> Void

    /// How many are under way at once.
    private static let limit = 8

    /// - Parameter leaseSeconds: longer than any sender takes.
    init(
        _ database: Database,
        box: SecretBox,
        senders: [ContactChannel: any MessageSender],
        composer: any MessageComposer,
        quiet: NightHours?,
        leaseSeconds: Int64 = 120,
        report: @escaping @Sendable (Report) -> Void = { _ in }
    ) {
        queue = MessageQueue(database: database, box: box, leaseSeconds: leaseSeconds)
        (self.senders, self.composer, self.quiet, self.report) = (senders, composer, quiet, report)
    }

    /// Sends what is due, several at once.
    ///
    /// - Returns: how many were taken up, whatever became of them.
    public func step(now: Instant = .now()) async throws -> Int {
        let claimed = try await queue.claim(kinds(at: now), limit: MessageDelivery.limit, now: now)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for one in claimed { group.addTask { try await send(one, now: now) } }
            try await group.waitForAll()
        }
        return claimed.count
    }

    /// Ends what nobody ends any more; returns how many are unknown or given up by that.
    public func sweep(now: Instant = .now()) async throws -> (unknown: Int, dead: Int) {
        try await queue.sweep(now: now)
    }

    private func kinds(at now: Instant) -> [ContactChannel: [MessageKind]] {
        senders.keys.reduce(into: [:]) { kinds, channel in
            kinds[channel] = MessageKind.allCases.filter {
                MessageTiming.mayLeave($0, by: channel, at: now, quiet: quiet)
            }
        }
    }

    private func send(_ claimed: MessageQueue.Claimed, now: Instant) async throws {
        let message = claimed.message
        guard message.kind.holds(in: message.request.status(at: now)), let sender = senders[message.channel] else {
            try await queue.drop(claimed, now: now)
            return report(Report(id: message.id, channel: message.channel, state: .dropped, error: nil))
        }
        let answer: MessageAnswer
        do { answer = await sender.send(try composer.compose(message)) } catch {
            answer = .failed("it could not be put into words")
        }
        // Kept even if this task is being cancelled: it was sent.
        let queue = queue
        let state = try await Task { try await queue.record(claimed, answer, now: .now()) }.value
        let error: String? =
            switch answer {
            case .sent: nil
            case .failed(let words), .refused(let words), .unknown(let words): words
            }
        report(Report(id: message.id, channel: message.channel, state: state, error: error))
    }
}
