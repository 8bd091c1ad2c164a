import ArgumentParser
import Collection
import Foundation
import Logging
import Metrics
import Postgres
import Server
import ServiceLifecycle
import UnixSignals
import Values

struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: String(
            vi: "Chạy dịch vụ HTTP: API, callback, trang thanh toán; và gửi sự kiện cho cổng dịch vụ công.",
            en: "Run the HTTP service: API, callbacks, payment pages; and send events to portals."
        ),
        discussion: String(
            vi: """
                Cơ sở dữ liệu mới được dựng cấu trúc, cụm riêng của khop cũng vậy; cơ sở dữ liệu khác phải chạy
                `khop migrate` trước. Nhiều máy chủ có thể khởi động cùng lúc. Khi nhận SIGTERM hoặc Ctrl-C, không nhận
                yêu cầu mới, làm xong yêu cầu đang có, hạch toán những gì đã nhận rồi kết thúc.
                """,
            en: """
                A new database is migrated, and so is khop's own; any other must have been, by `khop migrate`. Several
                servers may start at once. On SIGTERM or Ctrl-C it takes no new requests, finishes those it has, settles
                what it has taken in, and ends.
                """
        )
    )

    @Option(
        help: ArgumentHelp(
            vi: "Địa chỉ lắng nghe (mặc định: KHOP_HOST, 127.0.0.1).",
            en: "The address to listen on (default: KHOP_HOST, 127.0.0.1)."
        )
    ) var host: String?
    @Option(
        help: ArgumentHelp(
            vi: "Cổng; 0 là cổng trống bất kỳ (mặc định: KHOP_PORT, 8080).",
            en: "The port; 0 for any that is free (default: KHOP_PORT, 8080)."
        )
    ) var port: Int?

    /// How long to wait for an unavailable database: after a reboot both start at the same time.
    private static let patience = Duration.seconds(30)

    /// Returns the database once it can be reached and has this program's schema.
    private static func reach(_ settings: Settings, _ logger: Logger) async throws -> DatabaseOptions {
        let clock = ContinuousClock()
        let start = clock.now
        while true {
            do {
                let options = try settings.databaseOptions()
                let applied = try await Program.ensureSchema(options, isOwn: settings.databaseURL == nil)
                if !applied.isEmpty {
                    logger.info("migrated", metadata: ["applied": "\(applied.joined(separator: ", "))"])
                }
                return options
            } catch {
                let isAway =
                    (error as? PostgresError).map { $0.isUnavailable && !$0.isMisconfigured }
                    ?? (error is LocalCluster.Failure)
                guard isAway, clock.now - start < patience else { throw error }
                logger.warning("waiting for the database", metadata: ["error": "\(error)"])
                try await Task.sleep(for: .seconds(1))
            }
        }
    }

    func run() async throws {
        let settings = try await Settings.load()
        LoggingSystem.bootstrap { label in
            var handler = StreamLogHandler.standardError(label: label)
            handler.logLevel = settings.logLevel
            return handler
        }
        let registry = PrometheusRegistry()
        MetricsSystem.bootstrap(registry)
        let logger = Logger(label: "khop")
        let host = host ?? settings.host
        let port = port ?? settings.port
        let publicURL = settings.publicURL(host: host, port: port)
        try Settings.checkPublicURL(publicURL)
        let options = try await Serve.reach(settings, logger)
        let database = Database(options)
        let services = try Services(
            database,
            options: settings.serviceOptions(publicURL: publicURL),
            box: settings.secretBox()
        )
        if let reason = await services.readiness.notReady() {
            logger.error("not ready", metadata: ["reason": "\(reason[.ofTerminal])"])
        }
        let serverOptions = settings.serverOptions(host: host, port: port, publicURL: publicURL)
        let application = try KhopServer.application(
            services,
            options: serverOptions,
            registry: registry,
            logger: logger
        ) { bound in
            logger.info("listening", metadata: ["url": "http://\(host):\(bound)"])
        }
        let metrics = KhopServer.metrics(services, options: serverOptions, registry: registry, logger: logger) {
            bound in
            logger.info("listening for metrics", metadata: ["port": "\(bound)"])
        }
        let running: [any Service] = [
            Housekeeping(services, logger: logger), EventDeliveryService(services, logger: logger), application,
        ]
        var configuration = ServiceGroupConfiguration(
            services: running + (metrics.map { [$0] } ?? []),
            gracefulShutdownSignals: [.sigterm, .sigint],
            logger: logger
        )
        configuration.maximumGracefulShutdownDuration = .seconds(30)
        let group = ServiceGroup(configuration: configuration)
        do { try await group.run() } catch {
            await database.close()
            throw ServeFailure(error, host: host, port: port) ?? error
        }
        await services.close()
        await database.close()
        logger.info("stopped")
    }
}
