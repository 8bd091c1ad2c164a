import Collection
import Console
import Hummingbird
import Values

extension KhopServer {
    /// The pages behind pay links, and the look-up.
    static func addPayerPages(
        _ services: Services,
        _ renderer: PayRenderer,
        _ testBank: TestBank?,
        to routes: RouteTable
    ) {
        if let testBank {
            SimulatedPayRoutes(pages: services.payerPages, bank: testBank, limits: services.limits).add(to: routes)
        }
        PayRoutes(
            pages: services.payerPages,
            watch: services.pageWatch,
            messages: services.messages,
            tariff: services.tariff,
            limits: services.limits,
            renderer: renderer,
            platform: services.platform.links,
            testBank: testBank
        ).add(to: routes)
        ContactRoutes(
            pages: services.payerPages,
            messages: services.messages,
            tariff: services.tariff,
            limits: services.limits,
            renderer: renderer
        ).add(to: routes)
        PlatformPayRoutes(
            platform: services.platform.payments,
            transport: providerTransport(services.eventNetworks),
            limits: services.limits,
            renderer: renderer
        ).add(to: routes)
        LookUpRoutes(
            pages: services.payerPages,
            tariff: services.tariff,
            limits: services.limits,
            renderer: renderer
        ).add(to: routes)
    }

    /// The pages by which persons enter, and the console.
    static func addPages(
        _ services: Services,
        _ options: ServerOptions,
        _ testBank: TestBank?,
        to routes: RouteTable
    ) throws {
        let pages = try Pages(
            sessions: services.sessions,
            publicURL: options.publicURL,
            hasProvider: options.provider != nil
        )
        LoginPages(pages: pages, logins: services.logins).add(to: routes)
        // Where the public comes there is no such page.
        if Development.isMeant(byPublicURL: options.publicURL) {
            LoginLinkPages(pages: pages, links: services.loginLinks).add(to: routes)
        }
        if let provider = options.provider {
            ProviderPages(
                pages: pages,
                logins: services.providerLogins,
                provider: OpenIDProvider(
                    provider,
                    publicURL: options.publicURL,
                    connection: ProviderConnection(limits: provider.limits)
                ),
                limits: services.limits
            ).add(to: routes)
        }
        InvitePages(pages: pages, persons: services.persons).add(to: routes)
        AccountPages(pages: pages, persons: services.persons).add(to: routes)
        try addConsole(services, options, testBank, to: routes)
    }
}
