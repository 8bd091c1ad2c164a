public import Collection
import Console
import HTTPTypes
public import Hummingbird
import HummingbirdCore
public import Logging
import NIOCore
import Postgres
import Values

/// The HTTP server on top of the use cases.
public enum KhopServer {
    /// Assembles the server, for the program and for the tests.
    public static func application(
        _ services: Services,
        options given: ServerOptions,
        registry: PrometheusRegistry,
        logger: Logger,
        onRunning: @escaping @Sendable (Int) async -> Void = { _ in }
    ) throws -> some ApplicationProtocol {
        let routes = RouteTable()
        let options = given.of(services.mode)
        let renderer = try PayRenderer(options.installation)
        routes.router.middlewares.add(EdgeMiddleware(options, pay: renderer, mode: services.mode))
        try add(services, options, registry, renderer, to: routes)
        routes.refuseOtherMethods()
        return application(routes, options, address: .hostname(options.host, port: options.port), logger) { port in
            await onRunning(port ?? options.port)
        }
    }

    /// The server of `/metrics` on an address of its own; `nil` where the main one answers it.
    public static func metrics(
        _ services: Services,
        options: ServerOptions,
        registry: PrometheusRegistry,
        logger: Logger,
        onRunning: @escaping @Sendable (Int) async -> Void = { _ in }
    ) -> (any ApplicationProtocol)? {
        guard let address = options.metrics else { return nil }
        let routes = RouteTable()
        routes.router.middlewares.add(EdgeMiddleware(options, mode: services.mode))
        health(services, registry).addMetrics(to: routes)
        routes.refuseOtherMethods()
        return application(routes, options, address: .hostname(address.host, port: address.port), logger) { port in
            await onRunning(port ?? address.port)
        }
    }

    private static func application(
        _ routes: RouteTable,
        _ options: ServerOptions,
        address: BindAddress,
        _ logger: Logger,
        _ onRunning: @escaping @Sendable (Int?) async -> Void
    ) -> some ApplicationProtocol {
        Application(
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
                address: address,
                backlog: 1024,
                availableConnectionsDelegate: MaximumAvailableConnections(
                    options.maximumConnections + options.openPages
                )
            ),
            onServerRunning: { channel in await onRunning(channel.localAddress?.port) },
            logger: logger
        )
    }

    /// Every address of the server with each of its methods.
    static func addresses(
        _ services: Services,
        options: ServerOptions,
        registry: PrometheusRegistry
    ) throws -> [(path: String, method: HTTPRequest.Method)] {
        let routes = RouteTable()
        try add(services, options, registry, PayRenderer(options.installation), to: routes)
        return routes.addresses
    }

    /// Gives each group of routes what it uses, and no more.
    private static func add(
        _ services: Services,
        _ options: ServerOptions,
        _ registry: PrometheusRegistry,
        _ renderer: PayRenderer,
        to routes: RouteTable
    ) throws {
        let gate = Gate(
            keys: services.keys,
            sessions: services.sessions,
            limits: services.limits,
            disclosures: services.disclosures,
            unmasking: services.unmasking
        )
        let jurisdiction = services.jurisdiction
        PaymentRequestRoutes(
            requests: services.paymentRequests,
            counterPayments: services.counterPayments,
            refunds: services.refunds,
            publicURL: options.publicURL
        ).add(to: routes, gate)
        BasketRoutes(baskets: services.baskets, publicURL: options.publicURL).add(to: routes, gate)
        ShiftRoutes(shifts: services.shifts, jurisdiction: jurisdiction, tariff: services.tariff).add(to: routes, gate)
        RemittanceRoutes(remittances: services.remittances, jurisdiction: jurisdiction).add(to: routes, gate)
        PlatformRoutes(platform: services.platform, jurisdiction: jurisdiction).add(to: routes, gate)
        SessionRoutes(logins: services.logins, sessions: services.sessions).add(to: routes, gate)
        CallbackRoutes(services.callbacks, connections: services.connections, traces: options.traces).add(to: routes)
        StatementRoutes(
            imports: services.statements,
            previews: services.statementPreviews,
            records: services.statementRecords,
            confirmations: services.recoveryConfirmations,
            undos: services.statementUndos,
            jurisdiction: jurisdiction,
            answers: services.answers,
            pace: options.uploadPace
        ).add(to: routes, gate)
        FinanceRoutes(
            reconciliation: services.reconciliation,
            records: services.statementRecords,
            cases: services.cases,
            actions: services.caseActions,
            desk: services.caseDesk,
            jurisdiction: jurisdiction,
            answers: services.answers
        ).add(to: routes, gate)
        ReportRoutes(
            reports: services.reports,
            jurisdiction: jurisdiction,
            papers: PaperDesk(),
            agency: options.installation.name?.vietnamese
        ).add(to: routes, gate)
        RefundRoutes(refunds: services.refunds, jurisdiction: jurisdiction).add(to: routes, gate)
        addCatalogue(services, options, to: routes, gate)
        EventRoutes(endpoints: services.eventEndpoints, store: services.events, jurisdiction: jurisdiction)
            .add(to: routes, gate)
        AuditRoutes(log: services.audit, jurisdiction: jurisdiction).add(to: routes, gate)
        health(services, registry).add(to: routes, withMetrics: options.metrics == nil)
        try addProofs(services, options, to: routes, gate)
        let testBank = services.mode == .test ? TestBank(services, patience: options.importPatience) : nil
        addPayerPages(services, renderer, testBank, to: routes)
        try addPages(services, options, testBank, to: routes)
        AssetRoutes(mode: services.mode).add(to: routes)
    }

    /// What can be checked without this server.
    private static func addProofs(
        _ services: Services,
        _ options: ServerOptions,
        to routes: RouteTable,
        _ gate: Gate
    ) throws {
        try SealRoutes(services.seals, publicKey: services.sealPublicKey ?? "").add(to: routes, gate)
        try ReceiptRoutes(
            services.receipts,
            requests: services.paymentRequests,
            jurisdiction: services.jurisdiction,
            limits: services.limits,
            installation: options.installation
        ).add(to: routes, gate)
    }

    /// The console: each group of its pages with what it uses.
    static func addConsole(
        _ services: Services,
        _ options: ServerOptions,
        _ testBank: TestBank?,
        to routes: RouteTable
    ) throws {
        let door = ConsoleFrontDoor(
            sessions: services.sessions,
            limits: services.limits,
            disclosures: services.disclosures,
            renderer: try ConsoleRenderer(),
            publicURL: options.publicURL
        )
        OpenRateRoutes(reports: services.reports, jurisdiction: services.jurisdiction, renderer: door.renderer).add(
            to: routes
        )
        try DocsRoutes(renderer: door.renderer).add(to: routes)
        let (overviews, jurisdiction) = (services.overviews, services.jurisdiction)
        ConsoleAssetRoutes().add(to: routes)
        ConsoleRoutes(
            door: door,
            searches: SettledSearches(services.disclosures, logger: Logger(label: "console")),
            overviews: overviews,
            finder: services.finder,
            stories: services.paymentStories,
            jurisdiction: jurisdiction,
            tariff: services.tariff,
            audit: services.audit
        ).add(to: routes)
        ConsoleCaseRoutes(
            door: door,
            cases: services.cases,
            actions: services.caseActions,
            desk: services.caseDesk,
            batches: services.caseBatches,
            overviews: overviews,
            jurisdiction: jurisdiction
        ).add(to: routes)
        try addBooks(door, services, options, to: routes)
        ConsoleOperationRoutes(
            door: door,
            connections: services.connections,
            replay: services.callbackReplay,
            endpoints: services.eventEndpoints,
            events: services.events,
            catalogue: services.catalogue,
            jurisdiction: jurisdiction
        ).add(to: routes)
        try addOperating(door, services, options, to: routes)
        ConsoleRateRoutes(
            door: door,
            reports: services.reports,
            jurisdiction: jurisdiction,
            agency: options.installation.name?.vietnamese
        ).add(to: routes)
        ConsoleRefundRoutes(door: door, refunds: services.refunds, overviews: overviews, jurisdiction: jurisdiction)
            .add(to: routes)
        ConsoleRefundFormRoutes(door: door, refunds: services.refunds, jurisdiction: jurisdiction).add(to: routes)
        ConsoleEventRoutes(door: door, events: services.events, endpoints: services.eventEndpoints).add(to: routes)
        addCounter(door, services, to: routes)
        ConsoleAccessRoutes(door: door, persons: services.persons, keys: services.keys).add(to: routes)
        addReports(door, services, options, to: routes)
        try addSheets(door, services, options, to: routes)
        try addTrials(door, services, options, testBank, to: routes)
    }

    private static func addReports(
        _ door: ConsoleFrontDoor,
        _ services: Services,
        _ options: ServerOptions,
        to routes: RouteTable
    ) {
        let reader = ReportReader(
            reports: services.reports,
            receipts: services.receipts,
            overviews: services.overviews,
            jurisdiction: services.jurisdiction
        )
        ConsoleReportRoutes(
            door: door,
            reader: reader,
            reports: services.reports,
            jurisdiction: services.jurisdiction,
            agency: options.installation.name?.vietnamese
        ).add(to: routes)
        ConsoleViewRoutes(door: door, views: services.savedViews).add(to: routes)
        ConsoleRemittanceRoutes(
            door: door,
            remittances: services.remittances,
            jurisdiction: services.jurisdiction,
            tariff: services.tariff
        ).add(to: routes)
    }

    private static func addCounter(_ door: ConsoleFrontDoor, _ services: Services, to routes: RouteTable) {
        ConsoleCounterRoutes(
            door: door,
            requests: services.paymentRequests,
            counter: services.counterPayments,
            payers: services.payerPages,
            shifts: services.shifts,
            jurisdiction: services.jurisdiction,
            tariff: services.tariff
        ).add(to: routes)
        ConsoleReceiptRoutes(door: door, receipts: services.receipts, jurisdiction: services.jurisdiction).add(
            to: routes
        )
        ConsoleCounterRequestRoutes(
            door: door,
            requests: services.paymentRequests,
            shifts: services.shifts,
            jurisdiction: services.jurisdiction,
            tariff: services.tariff
        ).add(to: routes)
        ConsoleShiftRoutes(
            door: door,
            shifts: services.shifts,
            jurisdiction: services.jurisdiction,
            tariff: services.tariff
        ).add(to: routes)
    }

    private static func addSheets(
        _ door: ConsoleFrontDoor,
        _ services: Services,
        _ options: ServerOptions,
        to routes: RouteTable
    ) throws {
        ConsoleSheetRoutes(
            door: door,
            sheets: services.caseSheets,
            jurisdiction: services.jurisdiction,
            uploads: try PendingUploads(in: options.temporaryFolder),
            pace: options.uploadPace
        ).add(to: routes)
    }

    private static func health(_ services: Services, _ registry: PrometheusRegistry) -> HealthRoutes {
        HealthRoutes(
            readiness: services.readiness,
            pool: services.database.pool,
            settler: services.settler,
            registry: registry,
            mode: services.mode
        )
    }
}
