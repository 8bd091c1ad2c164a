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
                Phải chạy `khop migrate` trước; dịch vụ chỉ kiểm tra cấu trúc và làm việc bằng vai trò không sở hữu bảng
                nào. Không chạy bằng root. Nhiều máy chủ có thể khởi động cùng lúc. Khi nhận SIGTERM hoặc Ctrl-C, không nhận
                yêu cầu mới, làm xong yêu cầu đang có, hạch toán những gì đã nhận rồi kết thúc.
                """,
            en: """
                `khop migrate` comes first: the service only verifies the schema, and works as a role that owns no
                table. It does not run as root. Several servers may start at once. On SIGTERM or Ctrl-C it takes no new requests, finishes those it has, settles
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
    @Flag(
        help: ArgumentHelp(
            vi: "Cho chạy bằng root, như trong container chỉ có người dùng này.",
            en: "Run as root all the same, as in a container that has no other user."
        )
    ) var allowRoot = false

    /// How long to wait for an unavailable database: after a reboot both start at the same time.
    private static let patience = Duration.seconds(30)

    /// Returns the database once it can be reached and has this program's schema.
    private static func reach(_ settings: Settings, _ logger: Logger) async throws -> DatabaseOptions {
        let clock = ContinuousClock()
        let start = clock.now
        while true {
            do {
                var options = try settings.databaseOptions()
                options.slowStatements = settings.slowStatements(logger)
                let database = Database(options)
                do {
                    try await Program.verify(database, settings.mode)
                    await database.close()
                } catch {
                    await database.close()
                    throw error
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

    /// What asks other systems.
    /// - Parameter publicURL: where messages lead.
    private static func outward(
        _ services: Services,
        _ settings: Settings,
        _ publicURL: String,
        _ traces: Traces?,
        _ logger: Logger
    ) throws -> [any Service] {
        let traces = settings.traceURL.flatMap { url in
            traces.map { TraceService($0, url: url, logger: logger) as any Service }
        }
        return [
            ProviderReceiptService(services, logger: logger), PlatformService(services, logger: logger),
            try MessageService(
                services,
                senders: settings.messaging.senders(settings.installation),
                composer: MessageTemplates(settings.installation, publicURL: publicURL, mode: settings.mode),
                logger: logger
            ),
        ] + (traces.map { [$0] } ?? [])
    }

    private func refuseRoot() throws {
        guard geteuid() != 0 || allowRoot else {
            throw ServiceError(
                .invalidParameter,
                Phrase(
                    vi: "dịch vụ không chạy bằng root: hãy chạy bằng người dùng riêng không có đặc quyền (`ops/run` tự "
                        + "làm; `ops/deploy/khop.service` cho systemd), hoặc thêm --allow-root trong container",
                    en: "the service does not run as root: start it as an unprivileged user of its own (`ops/run` "
                        + "does; `ops/deploy/khop.service` is for systemd), or with --allow-root in a container"
                )
            )
        }
    }

    func run() async throws {
        try refuseRoot()
        let settings = try await Settings.load()
        LoggingSystem.bootstrap { label in
            settings.logForm.handler(label: label, level: settings.logLevel)
        }
        let registry = PrometheusRegistry()
        MetricsSystem.bootstrap(registry)
        let logger = Logger(label: "khop")
        let host = host ?? settings.host
        let port = port ?? settings.port
        let publicURL = settings.publicURL(host: host, port: port)
        try Settings.checkPublicURL(publicURL)
        var serviceOptions = settings.serviceOptions(publicURL: publicURL)
        serviceOptions.sealing = try settings.sealing()
        serviceOptions.receiptSigning = try settings.receiptSigning()
        let options = try await Serve.reach(settings, logger)
        Program.announce(settings.mode)
        serviceOptions.standby = try settings.standby(beside: options)
        let database = Database(options)
        let services = try Services(
            database,
            options: serviceOptions,
            box: settings.secretBox()
        )
        if let reason = await services.readiness.notReady() {
            logger.error("not ready", metadata: ["reason": "\(reason[.ofTerminal])"])
        }
        var serverOptions = settings.serverOptions(host: host, port: port, publicURL: publicURL)
        serverOptions.traces = settings.traceURL.map { _ in Traces() }
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
            Housekeeping(services, logger: logger),
            EventDeliveryService(services, traces: serverOptions.traces, logger: logger),
            WitnessService(services, logger: logger), application, PageWatchService(services, logger: logger),
            StandbyWatchService(services.reading, logger: logger),
        ]
        var configuration = ServiceGroupConfiguration(
            services: try running + Serve.outward(services, settings, publicURL, serverOptions.traces, logger)
                + (metrics.map { [$0] } ?? []),
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
