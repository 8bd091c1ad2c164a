public import Collection
public import Hummingbird
import HummingbirdCore
public import Logging
import NIOCore

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
