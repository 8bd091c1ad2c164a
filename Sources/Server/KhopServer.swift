public import Collection
import HTTPTypes
public import Hummingbird
import HummingbirdCore
public import Logging
import NIOCore
import Postgres
public import ServiceLifecycle
import Values

/// Where the server listens, and its limits.
public struct ServerOptions: Sendable {
    public var host = "127.0.0.1"
    public var port = 8080
    public var publicURL: String
    /// The most connections open at once; further ones wait in the kernel's queue.
    public var maximumConnections = 4096
    /// A connection that sends nothing for this long is closed, so that slow senders cannot use up the connections.
    public var idleTimeoutSeconds: Int64 = 30

    public init(publicURL: String) { self.publicURL = publicURL }
}

/// The HTTP server on top of the use cases.
public enum KhopServer {
    /// Assembles the server, for the program and for the tests.
    public static func application(
        _ services: Services,
        options: ServerOptions,
        registry: PrometheusRegistry,
        logger: Logger,
        onRunning: @escaping @Sendable (Int) async -> Void = { _ in }
    ) throws -> some ApplicationProtocol {
        let routes = RouteTable()
        routes.router.middlewares.add(EdgeMiddleware())
        let gate = Gate(keys: services.keys)
        PaymentRequestRoutes(services: services, publicURL: options.publicURL).add(to: routes, gate)
        CallbackRoutes(services: services).add(to: routes)
        StatementRoutes(services: services).add(to: routes, gate)
        FinanceRoutes(services: services).add(to: routes, gate)
        ReportRoutes(services: services).add(to: routes, gate)
        AccountRoutes(services: services).add(to: routes, gate)
        RefundRoutes(services: services).add(to: routes, gate)
        EventRoutes(services: services).add(to: routes, gate)
        HealthRoutes(services: services, registry: registry).add(to: routes)
        try PayPageRoutes(services: services).add(to: routes)
        routes.refuseOtherMethods()
        return Application(
            router: routes.router,
            server: .http1(
                configuration: .init(
                    idleTimeout: .seconds(options.idleTimeoutSeconds),
                    httpDecoderConfiguration: .init(
                        maxHeaderFieldSize: 16 * 1024,
                        maxHeaderListSize: 32 * 1024,
                        maxHeaderFieldCount: 100
                    )
                )
            ),
            configuration: ApplicationConfiguration(
                address: .hostname(options.host, port: options.port),
                backlog: 1024,
                availableConnectionsDelegate: MaximumAvailableConnections(options.maximumConnections)
            ),
            onServerRunning: { channel in await onRunning(channel.localAddress?.port ?? options.port) },
            logger: logger
        )
    }
}

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
            do { try await gracefulShutdown() } catch {}
            listener.stop()
            group.cancelAll()
        }
        // Saves the notes on callbacks since the last sweep, without waiting for callbacks still in progress.
        do { try await services.callbackLog.flush() } catch {
            logger.warning("notes on callbacks were lost", metadata: ["error": "\(error)"])
        }
    }

    private func sweep() async {
        // The first sweep looks back over the longest lifetime of a request.
        var since = Instant.now().adding(seconds: -40 * 86_400)
        var folded: Day?
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
                for run in try await services.schedule.runDue(now: now) {
                    logger.info("reconciled", metadata: ["run": "\(run.id)", "account": "\(run.accountNumber)"])
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
}
