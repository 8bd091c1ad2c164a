import Postgres

/// The use cases of the national payment platform.
public struct Platform: Sendable {
    public let links: PlatformLinks
    public let payments: PlatformPayments
    public let lookUp: PlatformLookUp
    public let files: PlatformFiles

    init(
        _ database: Database,
        _ box: SecretBox,
        networks: EventNetworks,
        connections: Connections,
        requests: PaymentRequests,
        limits: CallLimits
    ) {
        links = PlatformLinks(database, box: box, networks: networks, connections: connections)
        payments = PlatformPayments(database: database, requests: requests, links: links, tariff: requests.tariff)
        lookUp = PlatformLookUp(payments: payments, limits: limits)
        files = PlatformFiles(database: database, connections: connections)
    }
}
