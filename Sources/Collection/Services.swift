import FeeSchedule
import Migrations
public import Postgres
public import Statements
public import Values

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

    public init(publicURL: String) { self.publicURL = publicURL }
}

/// All use cases over one database.
public struct Services: Sendable {
    public let database: Database
    public let keys: APIKeys
    public let catalogue: CatalogueStore
    public let tariff: Tariff
    public let paymentRequests: PaymentRequests
    public let counterPayments: CounterPayments
    public let connections: Connections
    public let settler: Settler
    public let callbacks: Callbacks
    public let callbackLog: CallbackLog
    public let callbackReplay: CallbackReplay
    public let statements: StatementImport
    public let statementPreviews: StatementPreviews
    public let statementRecords: StatementRecords
    public let accountTerms: AccountTerms
    public let reconciliation: Reconciliation
    public let explanations: DayExplanations
    public let recoveryConfirmations: RecoveryConfirmations
    public let schedule: ReconciliationSchedule
    public let bankCalendar: BankCalendar
    public let cases: Cases
    public let caseActions: CaseActions
    public let caseDesk: CaseDesk
    public let refunds: Refunds
    public let reports: Reports
    public let ledger: LedgerCheck
    public let eventEndpoints: EventEndpoints
    public let events: EventStore
    private let settlement: Database
    private let longWork: Database
    private let box: SecretBox

    public init(_ database: Database, options: ServiceOptions, box: SecretBox) {
        self.database = database
        keys = APIKeys(database)
        catalogue = CatalogueStore(database)
        tariff = Tariff(database)
        let requests = PaymentRequests(database, tariff: tariff, publicURL: options.publicURL)
        paymentRequests = requests
        counterPayments = CounterPayments(requests, graceSeconds: options.graceSeconds)
        connections = Connections(database, box: box)
        settlement = Database(database.pool.options.forSettlement(connections: options.settlement.inFlight + 1))
        settler = Settler(
            settlement,
            limits: options.settlement,
            graceSeconds: options.graceSeconds
        ) {
            try await requests.priceHolds(references: $0, day: $1)
        }
        callbackLog = CallbackLog(database)
        callbacks = Callbacks(connections: connections, settler: settler, log: callbackLog)
        callbackReplay = CallbackReplay(database, connections: connections, callbacks: callbacks)
        longWork = Database(database.pool.options.forLongWork())
        statements = StatementImport(database, work: longWork, mappings: options.mappings)
        statementPreviews = StatementPreviews(statements, graceSeconds: options.graceSeconds)
        statementRecords = StatementRecords(database)
        accountTerms = AccountTerms(database)
        reconciliation = Reconciliation(database, runs: longWork, graceSeconds: options.graceSeconds)
        explanations = DayExplanations(database)
        recoveryConfirmations = RecoveryConfirmations(work: longWork, graceSeconds: options.graceSeconds)
        schedule = ReconciliationSchedule(database, reconciliation: reconciliation, times: options.schedule)
        bankCalendar = BankCalendar(database)
        cases = Cases(database)
        caseActions = CaseActions(database, cases: cases)
        caseDesk = CaseDesk(database, cases: cases)
        refunds = Refunds(requests, graceSeconds: options.graceSeconds)
        reports = Reports(database, tariff: tariff)
        ledger = LedgerCheck(database)
        eventEndpoints = EventEndpoints(database, box: box)
        events = EventStore(database)
        self.box = box
    }

    /// Returns the sender of this database's events; a server runs one.
    public func eventDelivery(
        _ sender: any EventSender,
        limits: EventDelivery.Limits = EventDelivery.Limits(),
        clock: (@Sendable () -> Instant)? = nil,
        report: @escaping @Sendable (EventDelivery.Report) -> Void = { _ in }
    ) -> EventDelivery {
        EventDelivery(database, box: box, sender: sender, limits: limits, clock: clock, report: report)
    }

    /// Finishes what is under way and closes the connections that the use cases opened; the caller closes `database`.
    public func close() async {
        await settler.close()
        await settlement.close()
        await longWork.close()
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
            }
        }
    }

    /// The agencies that lie under a locality, or under the one a caller is bound to; `nil` for all.
    public func agencies(under locality: String?, caller: Caller) async throws -> [String]? {
        let schedule = try await tariff.current().schedule
        let today = Instant.now().day
        let wanted = [locality, caller.localityCode].compactMap { $0 }
        guard !wanted.isEmpty else { return nil }
        if let locality, schedule.localities.units(code: locality).isEmpty {
            throw ServiceError(.invalidParameter, at: "locality", .unknownLocality(locality))
        }
        return schedule.agencies.keys.filter { code in
            guard let unit = schedule.unit(ofAgency: code, on: today) else { return false }
            let chain = schedule.localities.chain(of: unit, on: today).map(\.code)
            return wanted.allSatisfy(chain.contains)
        }.sorted()
    }

    /// Throws `forbidden` if the caller is bound to a locality and the account is also used by agencies elsewhere.
    public func authorize(account: String, for caller: Caller) async throws {
        guard let allowed = try await agencies(under: nil, caller: caller) else { return }
        let collecting = try await tariff.current().schedule.agencies.filter { $0.value.accountNumber == account }.keys
        guard !collecting.isEmpty, collecting.allSatisfy(allowed.contains) else {
            throw ServiceError(
                .forbidden,
                Phrase(
                    vi:
                        "Khóa gắn với địa bàn \(caller.localityCode ?? ""), còn tài khoản không chỉ của các cơ quan ở đó.",
                    en:
                        "The key is bound to the locality \(caller.localityCode ?? ""), and the account is not of agencies there alone."
                )
            )
        }
    }

    /// The accounts that only agencies under a caller's locality use, as in ``authorize(account:for:)``; `nil` for all.
    public func accounts(for caller: Caller) async throws -> [String]? {
        guard let allowed = try await agencies(under: nil, caller: caller) else { return nil }
        let all = Dictionary(grouping: try await tariff.current().schedule.agencies, by: { $0.value.accountNumber })
        return all.filter { _, collecting in collecting.allSatisfy { allowed.contains($0.key) } }.keys.sorted()
    }

    /// Whether a locality is, or ever was, another one or below it.
    public func isUnit(_ code: String, under other: String) async throws -> Bool {
        let localities = try await tariff.current().schedule.localities
        return localities.units(code: code).contains { row in
            localities.chain(of: row, on: row.validity.from).contains { $0.code == other }
        }
    }

    /// Why the service cannot do its work; `nil` if it can.
    ///
    /// It cannot if the database is out of reach or its schema is not this program's, and if the key opens none of the
    /// secrets that are stored: then every callback would fail.
    public func notReady() async -> Phrase? {
        do {
            try await Migrations.migrator.verify(database)
            return try await connections.unopened()
        } catch {
            return Phrase(
                vi:
                    "Không kết nối được cơ sở dữ liệu, hoặc cấu trúc của nó không phải của chương trình này (khop migrate).",
                en: "The database cannot be reached, or its schema is not this program's (khop migrate)."
            )
        }
    }
}
