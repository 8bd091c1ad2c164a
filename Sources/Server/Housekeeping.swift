import Casework
public import Collection
public import Logging
import Metrics
import Postgres
import Sealing
public import ServiceLifecycle
import Values

/// Background work of the server: receives signals of changes and expires payment requests.
public struct Housekeeping: Service {
    private let services: Services
    private let logger: Logger
    private let pause: Duration

    public init(_ services: Services, logger: Logger, pause: Duration = .seconds(5)) {
        self.services = services
        self.logger = logger
        self.pause = pause
    }

    public func run() async throws {
        let listener = Listener(services.database.pool.options, channels: Services.channels)
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                for await signal in listener.signals { services.hear(signal) }
            }
            group.addTask { await sweep() }
            group.addTask { await seal() }
            do { try await gracefulShutdown() } catch {}
            listener.stop()
            group.cancelAll()
        }
        // Saves the notes on callbacks since the last sweep, without waiting for callbacks still in progress.
        do {
            try await services.callbackLog.flush()
            try await services.keys.flushUses()
        } catch {
            logger.warning("notes on callbacks and keys were lost", metadata: ["error": "\(error)"])
        }
    }

    private func sweep() async {
        // The first sweep looks back over the longest lifetime of a request.
        var since = Instant.now().adding(seconds: -40 * 86_400)
        var (folded, toldPrices): (Day?, Day?) = (nil, nil)
        var (explained, remitted): (Instant?, Instant?) = (nil, nil)
        while !Task.isCancelled {
            do {
                let now = Instant.now()
                var total = 0
                while true {
                    let count = try await services.paymentRequests.expireDue(since: since)
                    total += count
                    if count < 1000 { break }
                }
                try await services.callbackLog.flush()
                try await services.keys.flushUses()
                for run in try await services.schedule.runDue(now: now) {
                    logger.info("reconciled", metadata: ["run": "\(run.id)", "account": "\(run.accountNumber)"])
                }
                if toldPrices != now.day {
                    try await services.catalogue.tellDay(now.day)
                    toldPrices = now.day
                }
                if explained.map({ $0.adding(seconds: 600) <= now }) ?? true {
                    try await explain(now.day)
                    try await raiseAlarms(now.day)
                    explained = now
                }
                if remitted.map({ $0.adding(seconds: 3600) <= now }) ?? true {
                    try await lookAtRemittances(now.day)
                    remitted = now
                }
                if total > 0 { logger.info("requests expired", metadata: ["count": "\(total)"]) }
                since = now.adding(seconds: -300)
                // Once a day, after the previous day's callbacks have arrived.
                let day = now.adding(seconds: -6 * 3600).day
                if folded != day {
                    let rows = try await services.reports.foldDailyTotals(before: day)
                    if rows > 0 { logger.info("daily totals folded", metadata: ["rows": "\(rows)"]) }
                    let expired = try await services.callbackLog.expire()
                    if expired > 0 { logger.info("refused callbacks expired", metadata: ["count": "\(expired)"]) }
                    _ = try await services.logins.expireAttempts()
                    if let gone = try await services.retention.runOnce(on: day) {
                        logger.info(
                            "what is kept for a time was let go",
                            metadata: ["counts": "\(gone.json.serialized)"]
                        )
                    }
                    _ = try await services.providerLogins.expire()
                    folded = day
                }
            } catch is CancellationError {
                return
            } catch {
                logger.warning("sweep failed", metadata: ["error": "\(error)"])
            }
            do { try await Task.sleep(for: pause) } catch { return }
        }
    }

    /// Seals what was committed, every few seconds.
    private func seal() async {
        guard let sealer = services.sealer else { return }
        while !Task.isCancelled {
            do {
                if case .sealed(let seal) = try await sealer.pass() {
                    Gauge(label: "khop_seal_entries").record(seal.head.size)
                    Gauge(label: "khop_seal_seconds").record(seal.head.sealedAt.unixSeconds)
                }
                // What is sealed is signed and kept, a part at a time.
                _ = try await services.receipts.keepSigned()
            } catch is CancellationError {
                return
            } catch {
                Counter(label: "khop_seal_failures_total").increment()
                logger.error("the history could not be sealed", metadata: ["error": "\(error)"])
            }
            do { try await Task.sleep(for: pause) } catch { return }
        }
    }

    /// Opens cases of what may be money taken by degrees, today and at the end of yesterday, and of connections that are
    /// silent now.
    private func raiseAlarms(_ today: Day) async throws {
        let listed = try await services.connectionSigns.list()
        for one in listed {
            Gauge(label: "khop_connection_silent", dimensions: [("connection", one.connection.name)])
                .record(one.health.state == .silent ? 1 : 0)
            if let ends = one.connection.certificateEndsAt, one.connection.disabledAt == nil {
                let left = ends.unixSeconds - Instant.now().unixSeconds
                Gauge(label: "khop_connection_certificate_seconds", dimensions: [("connection", one.connection.name)])
                    .record(left)
            }
        }
        for day in [today.adding(days: -1), today] {
            let silent = day == today ? ConnectionSigns.silent(of: listed) : []
            for alarm in try await services.alarms.raise(on: day, silent: silent) {
                tell(alarm, day)
            }
        }
    }

    private func tell(_ alarm: Alarm, _ day: Day) {
        Counter(label: "khop_alarms_total", dimensions: [("kind", alarm.kind.rawValue)]).increment()
        logger.warning("alarm", metadata: ["kind": "\(alarm.kind.rawValue)", "day": "\(day)"])
    }

    /// Tells how much is to be remitted to the Treasury, and opens cases of what should be there already. Hourly: it reads
    /// the payments of two years.
    private func lookAtRemittances(_ today: Day) async throws {
        let outlook = try await services.remittances.due(within: nil)
        Gauge(label: "khop_remittance_due_dong").record(outlook.due.dong)
        Gauge(label: "khop_remittance_overdue_dong").record(outlook.overdue.dong)
        let late = outlook.overdueByAgency
        guard !late.isEmpty else { return }
        for alarm in try await services.alarms.raise(on: today, overdue: late) { tell(alarm, today) }
    }

    /// Tells an operator of a difference that nothing explains.
    private func explain(_ day: Day) async throws {
        for (account, residual) in try await services.explanations.residuals(on: day) {
            Gauge(label: "khop_unexplained_dong", dimensions: [("account", account)]).record(residual.dong)
            guard residual != .zero else { continue }
            logger.error(
                "a difference of bank and books is unexplained",
                metadata: ["account": "\(account)", "day": "\(day)", "amount": "\(residual.dong)"]
            )
        }
    }
}
