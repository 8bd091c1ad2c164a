public import Casework
public import Cryptography
public import Postgres
public import Statements
public import Values

/// Options of the use cases, apart from the database.
public struct ServiceOptions: Sendable {
    /// The mode of the database: keys, references and events of a test installation say that they are of one.
    public var mode = InstallationMode.live
    /// The beginning of pay links, without a trailing slash.
    public var publicURL: String
    /// How long after its expiry a request is still settled if its price has not changed.
    public var graceSeconds: Int64 = 86_400
    public var settlement = Settler.Limits()
    public var runs = RunSteps()
    /// How many payment pages may wait for news at once.
    public var openPages = PageWatch.Limits()
    public var limits = CallLimits.Options()
    public var schedule = ReconciliationSchedule.Times()
    /// How long what is kept for a time is kept.
    public var retention = RetentionTimes()
    /// Layouts of banks' statements in addition to the built-in ones.
    public var mappings: [StatementMapping] = []
    /// Whether a catalogue in force is changed by two persons alone, on the command line too.
    public var catalogueTakesProposals = false

    /// The work of hashing a password.
    public var passwordCost = PasswordHash.Cost.standard
    /// Whether persons log in by an OpenID Connect provider; a password is then for when that is down.
    public var hasProvider = false
    /// When a login is one at night; `nil` for never.
    public var night: NightHours? = .standard
    /// How payers are told.
    public var messages = MessageOptions()
    /// Where event endpoints may be.
    public var eventNetworks: EventNetworks
    /// A standby that reports are read from; `nil`: they are read where everything else is.
    public var standby: StandbyOptions?
    /// With what the history is sealed; `nil` where it is not, such as in a tool that only reads.
    public var sealing: SealingOptions?
    /// With what receipts are signed; `nil` where no key is set, which receipts then say.
    public var receiptSigning: ReceiptSigning?

    /// An installation whose address is this machine is one for development, and may send events to it.
    public init(publicURL: String) {
        self.publicURL = publicURL
        eventNetworks = EventNetworks(allowsLoopback: Development.isMeant(byPublicURL: publicURL))
    }
}
