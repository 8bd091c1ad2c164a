import Casework
public import Collection
public import Logging
import Metrics
public import ServiceLifecycle
import Values
import Workflow

/// Tells payers while the server runs: as soon as the database signals new messages, and every few seconds in any case.
public struct MessageService: Service {
    private static let channel = "khop_messages"
    /// Pauses between two looks for what is given up and what is to be recalled.
    private static let pausesPerRound = 12

    private let services: Services
    private let delivery: MessageDelivery
    private let logger: Logger
    private let pause: Duration

    /// - Parameters:
    ///   - senders: by what payers are told.
    ///   - pause: time between two checks if no signal arrives.
    public init(
        _ services: Services,
        senders: MessageSenders,
        composer: MessageTemplates,
        logger: Logger,
        pause: Duration = .seconds(5)
    ) {
        (self.services, self.logger, self.pause) = (services, logger, pause)
        delivery = services.messageDelivery(senders.byChannel, composer: composer) { MessageService.tell($0, logger) }
    }

    public func run() async throws {
        await woken(
            by: MessageService.channel,
            of: services,
            orEvery: pause,
            beforehand: { turn in if turn % MessageService.pausesPerRound == 0 { await look() } },
            { await work() }
        )
    }

    private func look() async {
        do {
            _ = try await services.messages.remind()
            let ended = try await delivery.sweep()
            if ended.unknown > 0 { MessageService.unknown.increment(by: Int64(ended.unknown)) }
            if ended.dead > 0 { MessageService.dead.increment(by: Int64(ended.dead)) }
            Gauge(label: "khop_messages_waiting").record(try await services.messages.signs().waiting)
        } catch {
            if !Task.isCancelled { logger.warning("messages were not looked at", metadata: ["error": "\(error)"]) }
        }
    }

    private func work() async {
        do {
            while try await delivery.step() > 0 { if Task.isCancelled { return } }
        } catch {
            if !Task.isCancelled { logger.warning("messages wait", metadata: ["error": "\(error)"]) }
        }
    }

    private static var dead: Counter { Counter(label: "khop_messages_dead_total") }
    private static var unknown: Counter { Counter(label: "khop_messages_unknown_total") }

    private static func tell(_ report: MessageDelivery.Report, _ logger: Logger) {
        let by = [("channel", report.channel.rawValue)]
        switch report.state {
        case .sent: Counter(label: "khop_messages_sent_total", dimensions: by).increment()
        case .dead: dead.increment()
        case .unknown: unknown.increment()
        case .waiting: Counter(label: "khop_messages_failed_total", dimensions: by).increment()
        case .sending, .dropped: return
        }
        guard let error = report.error else { return }
        logger.info(
            "message not sent",
            metadata: [
                "message": "\(report.id)", "channel": "\(report.channel.rawValue)", "state": "\(report.state.rawValue)",
                "reason": "\(error)",
            ]
        )
    }
}
