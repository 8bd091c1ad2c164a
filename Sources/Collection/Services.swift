public import Casework
public import Postgres
public import Values

/// All use cases over one database.
public struct Services: Sendable {
    public let database: Database
    /// Whether it is a live or a test installation.
    public let mode: InstallationMode
    public let keys: APIKeys
    public let persons: Persons
    public let logins: Logins
    public let loginLinks: LoginLinks
    public let providerLogins: ProviderLogins
    public let sessions: Sessions
    public let limits: CallLimits
    public let unmasking: Unmasking
    public let audit: AuditLog
    public let disclosures: Disclosures
    public let catalogue: CatalogueStore
    public let catalogueProposals: CatalogueProposals
    public let tariff: Tariff
    public let jurisdiction: Jurisdiction
    public let answers: KeptAnswers
    public let paymentRequests: PaymentRequests
    public let baskets: Baskets
    public let counterPayments: CounterPayments
    public let shifts: Shifts
    public let remittances: Remittances
    public let connections: Connections
    public let connectionSigns: ConnectionSigns
    public let readiness: Readiness
    public let settler: Settler
    public let callbacks: Callbacks
    public let callbackLog: CallbackLog
    public let callbackReplay: CallbackReplay
    package let rawMessages: RawMessages
    public let statements: StatementImport
    public let statementMappings: StatementMappings
    public let statementPreviews: StatementPreviews
    public let statementRecords: StatementRecords
    public let accountTerms: AccountTerms
    public let reconciliation: Reconciliation
    public let explanations: DayExplanations
    public let recoveryConfirmations: RecoveryConfirmations
    public let statementUndos: StatementUndos
    public let schedule: ReconciliationSchedule
    public let bankCalendar: BankCalendar
    public let cases: Cases
    public let caseActions: CaseActions
    public let caseDesk: CaseDesk
    public let caseBatches: CaseBatches
    public let caseSheets: CaseSheets
    public let refunds: Refunds
    public let approvalLimits: ApprovalLimits
    public let reports: Reports
    public let ledger: LedgerCheck
    public let seals: SealStore
    public let sealProver: SealProver
    public let sealVerification: SealVerification
    public let receipts: Receipts
    public let receiptProviders: ReceiptProviders
    /// `nil` without ``ServiceOptions/sealing``.
    public let sealer: Sealer?
    public let inspection: Inspection
    /// Checks every proof; in base64.
    public let sealPublicKey: String?
    public let alarms: Alarms
    public let personalData: PersonalData
    public let retention: Retention
    public let eventEndpoints: EventEndpoints
    public let eventNetworks: EventNetworks
    public let events: EventStore
    public let overviews: Overviews
    public let savedViews: SavedViews
    public let finder: Finder
    public let paymentStories: PaymentStories
    public let payerPages: PayerPages
    public let pageWatch: PageWatch
    public let platform: Platform
    public let messages: Messages
    private let quiet: NightHours?
    private let witnessURL: String?
    /// Where reports are read: a standby, if there is one.
    public let reading: ReadDatabase
    private let settlement: Database
    private let longWork: Database
    private let box: SecretBox

    public init(_ database: Database, options: ServiceOptions, box: SecretBox) {
        (self.database, mode) = (database, options.mode)
        keys = APIKeys(database, mode: mode)
        (persons, logins, sessions) = Services.whoDecides(database, options, box)
        loginLinks = LoginLinks(database, isForDevelopment: Development.isMeant(byPublicURL: options.publicURL))
        (providerLogins, limits) = (ProviderLogins(database), CallLimits(options.limits))
        (unmasking, audit, disclosures) = (Unmasking(database), AuditLog(database), Disclosures(database))
        catalogue = CatalogueStore(database, takesProposals: options.catalogueTakesProposals)
        (catalogueProposals, tariff) = (CatalogueProposals(database), Tariff(database))
        jurisdiction = Jurisdiction(tariff)
        let requests = PaymentRequests(
            database,
            tariff: tariff,
            publicURL: options.publicURL,
            maximumOpen: options.limits.openRequests,
            mode: options.mode,
            box: box
        )
        (paymentRequests, answers) = (requests, requests.answers)
        counterPayments = CounterPayments(requests, graceSeconds: options.graceSeconds)
        (shifts, remittances) = (Shifts(database, tariff: tariff), Remittances(database, tariff: tariff))
        baskets = Baskets(database, requests: requests)
        let known = Connections(database, box: box)
        (connections, readiness) = (known, Readiness(database, connections: known))
        connectionSigns = ConnectionSigns(database, connections: known)
        settlement = Database(database.pool.options.forSettlement(connections: options.settlement.inFlight + 1))
        settler = Settler(settlement, limits: options.settlement, graceSeconds: options.graceSeconds) {
            try await requests.changedPrices(references: $0, day: $1)
        }
        let (raw, networks) = (RawMessages(database, box: box), options.eventNetworks)
        (rawMessages, callbackLog) = (raw, CallbackLog(database, raw: raw))
        platform = Platform(database, box, networks: networks, connections: known, requests: requests, limits: limits)
        callbacks = Services.callbacks(known, settler, callbackLog, raw, limits, platform)
        callbackReplay = CallbackReplay(database, connections: connections, callbacks: callbacks, raw: raw)
        longWork = Database(database.pool.options.forLongWork())
        let (mostStatements, grace) = (options.limits.statementsPerDay, options.graceSeconds)
        statements = StatementImport(database, work: longWork, mappings: options.mappings, maximumADay: mostStatements)
        statementMappings = StatementMappings(database, configured: options.mappings)
        statementPreviews = StatementPreviews(statements, graceSeconds: grace)
        (statementRecords, accountTerms) = (StatementRecords(database), AccountTerms(database))
        (explanations, bankCalendar) = (DayExplanations(database), BankCalendar(database))
        reconciliation = Reconciliation(database, runs: longWork, graceSeconds: grace, steps: options.runs)
        recoveryConfirmations = RecoveryConfirmations(work: longWork, graceSeconds: grace)
        statementUndos = StatementUndos(database, work: longWork, runs: reconciliation.underWay)
        schedule = ReconciliationSchedule(database, reconciliation: reconciliation, times: options.schedule)
        cases = Cases(database)
        (caseActions, caseDesk) = (CaseActions(database, cases: cases), CaseDesk(database, cases: cases))
        (caseBatches, caseSheets) = (
            CaseBatches(cases: cases, actions: caseActions), CaseSheets(cases: cases, actions: caseActions)
        )
        (refunds, approvalLimits) = (Refunds(requests, graceSeconds: grace), ApprovalLimits(database))
        let (prover, work) = (SealProver(database), longWork)
        (seals, sealProver, reading) = (SealStore(database), prover, ReadDatabase(database, standby: options.standby))
        reports = Reports(database, reading: reading, tariff: tariff)
        receipts = Receipts(database, prover: prover, publicURL: options.publicURL, signing: options.receiptSigning)
        sealVerification = SealVerification(database, options: options.sealing)
        sealer = options.sealing.map { Sealer(work, options: $0) }
        (sealPublicKey, witnessURL) = (options.sealing?.publicKey, options.sealing?.witnessURL)
        inspection = Inspection(work, sealer: sealer, options: options.sealing)
        (ledger, personalData) = (LedgerCheck(database, seals: sealVerification), PersonalData(work, sealer: sealer))
        (alarms, retention) = (Alarms(database, night: options.night), Retention(work, times: options.retention))
        (eventNetworks, events) = (networks, EventStore(database))
        (eventEndpoints, receiptProviders) = Services.whoIsSentTo(database, options, box)
        (overviews, finder, savedViews) = (Overviews(database), Finder(database), SavedViews(database))
        paymentStories = PaymentStories(database, requests: requests, events: events, raw: raw)
        payerPages = PayerPages(database, requests: requests, baskets: baskets)
        pageWatch = PageWatch(database, limits: options.openPages)
        (messages, quiet) = (Messages(database, box: box, options: options.messages), options.messages.quiet)
        self.box = box
    }

    private static func callbacks(
        _ connections: Connections,
        _ settler: Settler,
        _ log: CallbackLog,
        _ raw: RawMessages,
        _ limits: CallLimits,
        _ platform: Platform
    ) -> Callbacks {
        Callbacks(
            connections: connections,
            settler: settler,
            log: log,
            raw: raw,
            limits: limits,
            attempts: platform.payments
        )
    }

    /// Other systems that messages go to.
    private static func whoIsSentTo(
        _ database: Database,
        _ options: ServiceOptions,
        _ box: SecretBox
    ) -> (EventEndpoints, ReceiptProviders) {
        (
            EventEndpoints(database, box: box, networks: options.eventNetworks),
            ReceiptProviders(database, box: box, networks: options.eventNetworks)
        )
    }

    /// Persons, and how they are let in.
    private static func whoDecides(
        _ database: Database,
        _ options: ServiceOptions,
        _ box: SecretBox
    ) -> (Persons, Logins, Sessions) {
        let attempts = LoginAttempts(database: database)
        let factor = SecondFactor(box: box)
        let hasher = PasswordHasher(cost: options.passwordCost)
        return (
            Persons(database, factor: factor, hasher: hasher),
            Logins(
                database,
                attempts: attempts,
                factor: factor,
                hasher: hasher,
                hasProvider: options.hasProvider
            ),
            Sessions(database, attempts: attempts, factor: factor)
        )
    }

    /// Returns what tells another agency of the seals; `nil` if none is configured. A server runs one.
    public func witnessTelling(_ sender: any EventSender) -> WitnessTelling? {
        witnessURL.map { WitnessTelling(database, url: $0, sender: sender) }
    }

    /// Returns what has receipts numbered by providers; a server runs one.
    ///
    /// - Parameter timeout: of one exchange with a provider.
    public func providerDelivery(
        _ transport: any ProviderTransport,
        timeout: Duration = .seconds(20),
        report: @escaping @Sendable (ProviderDelivery.Report) -> Void = { _ in }
    ) -> ProviderDelivery {
        ProviderDelivery(database, box: box, transport: transport, timeout: timeout, report: report)
    }

    /// Returns what asks the national payment platform for what it has said nothing of; a server runs one.
    ///
    /// - Parameter timeout: of one question.
    public func platformInquiries(
        _ transport: any ProviderTransport,
        timeout: Duration = .seconds(20),
        report: @escaping @Sendable (PlatformInquiries.Report) -> Void = { _ in }
    ) -> PlatformInquiries {
        PlatformInquiries(
            payments: platform.payments,
            callbacks: callbacks,
            transport: transport,
            timeout: timeout,
            report: report
        )
    }

    /// Returns what sends messages to payers; a server runs one.
    ///
    /// - Parameter leaseSeconds: longer than any sender takes.
    public func messageDelivery(
        _ senders: [ContactChannel: any MessageSender],
        composer: any MessageComposer,
        leaseSeconds: Int64 = 120,
        report: @escaping @Sendable (MessageDelivery.Report) -> Void = { _ in }
    ) -> MessageDelivery {
        MessageDelivery(
            database,
            box: box,
            senders: senders,
            composer: composer,
            quiet: quiet,
            leaseSeconds: leaseSeconds,
            report: report
        )
    }

    /// Returns the sender of this database's events; a server runs one.
    public func eventDelivery(
        _ sender: any EventSender,
        limits: EventDelivery.Limits = EventDelivery.Limits(),
        clock: (@Sendable () -> Instant)? = nil,
        report: @escaping @Sendable (EventDelivery.Report) -> Void = { _ in }
    ) -> EventDelivery {
        EventDelivery(database, mode, box: box, sender: sender, limits: limits, clock: clock, report: report)
    }

    /// Finishes what is under way and closes the connections that the use cases opened; the caller closes `database`.
    public func close() async {
        await settler.close()
        await settlement.close()
        await longWork.close()
        await reading.close()
    }

    /// The channels on which a server learns that something it holds in memory has changed.
    public static let channels = ["khop_catalogue", "khop_access"]

    /// Acts on a signal of a channel.
    public func hear(_ signal: Signal) {
        switch signal {
        case .connected:
            tariff.forget()
            keys.forget()
            connections.forget()
        case .notified(let channel, _):
            if channel == "khop_catalogue" {
                tariff.forget()
            } else {
                keys.forget()
                connections.forget()
                platform.links.forget()
            }
        }
    }
}
