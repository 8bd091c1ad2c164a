public import Statements

/// Options of the use cases, apart from the database.
public struct ServiceOptions: Sendable {
    /// The beginning of pay links, without a trailing slash.
    public var publicURL: String
    /// How long after its expiry a request is still settled if its price has not changed.
    public var graceSeconds: Int64 = 86_400
    public var settlement = Settler.Limits()
    public var schedule = ReconciliationSchedule.Times()
    /// Layouts of banks' statements in addition to the built-in ones.
    public var mappings: [StatementMapping] = []

    /// Where event endpoints may be.
    public var eventNetworks: EventNetworks

    /// An installation whose address is this machine is one for development, and may send events to it.
    public init(publicURL: String) {
        self.publicURL = publicURL
        eventNetworks = EventNetworks(allowsLoopback: Development.isMeant(byPublicURL: publicURL))
    }
}
