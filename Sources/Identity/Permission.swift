/// What a role may be allowed to do.
public enum Permission: String, Sendable, CaseIterable {
    case quote
    case createPaymentRequest
    case nameAssessmentDay
    case readPaymentRequest
    /// Through all payments of the own localities, by whatever is known of them; staff alone.
    case search
    case readPayer
    case cancelPaymentRequest
    /// With a refund of what was received, which two persons decide on.
    case cancelAndRefund
    case takeCounterPayment
    /// Opens a shift at a drawer, counts it, gives back out of it and carries its cash to the bank.
    case workShift
    case readShifts
    /// Decides on what a drawer of another person holds less or more than it should.
    case approveShift
    /// What is to be remitted to the State Treasury, and the orders.
    case readRemittances
    case makeRemittance
    case approveRemittance
    /// To the bank, or back from there.
    case takeRemittance
    case importStatement
    /// Describes tables of banks that are not known, for imports to read.
    case mapStatements
    /// Accepts what another person described and nothing proves.
    case acceptMapping
    case reconcile
    /// What a statement recovers that another person imported.
    case confirmRecoveries
    case signOffReconciliation
    case readCases
    case resolveCases
    case readRefunds
    case requestRefund
    case approveRefund
    case executeRefund
    case takePaymentFile
    /// Notices of errors, and receipts that replace others.
    case correctReceipts
    case readReports
    case readEvents
    case redeliverEvents
    case readConnections
    /// Tries messages in the lab; plays the bank of a test installation.
    case tryMessages
    /// Prices: what is in force, what was, what is proposed.
    case readCatalogue
    /// Files of the catalogue, which another person puts in force.
    case proposeCatalogue
    case adoptCatalogue
    case readEventEndpoints
    case manageEventEndpoints
    /// Who may enter, persons and programs: invited, given roles and keys, locked out.
    case manageAccess
    /// Who did what.
    case readAudit
    /// What is kept of a payer, when he asks for it.
    case findPersonalData
    case erasePersonalData

    /// The table of who may do what. An auditor reads everything and changes nothing; an administrator runs the system and
    /// moves no money.
    static let table: [Permission: Set<Role>] = [
        .quote: [.portal, .cashier, .finance, .approver, .auditor, .admin],
        .createPaymentRequest: [.portal, .cashier, .admin],
        // The day decides the price, so a counter, which takes the money, may not name it.
        .nameAssessmentDay: [.portal, .admin],
        .readPaymentRequest: [.portal, .cashier, .finance, .approver, .auditor, .admin],
        .search: [.cashier, .finance, .approver, .auditor, .admin],
        .readPayer: [.cashier, .finance, .approver, .auditor, .admin],
        .cancelPaymentRequest: [.portal, .cashier, .admin],
        .cancelAndRefund: [.portal, .cashier, .finance, .admin],
        .takeCounterPayment: [.cashier, .admin],
        .workShift: [.cashier],
        .readShifts: [.cashier, .finance, .approver, .auditor, .admin],
        .approveShift: [.finance, .approver],
        .readRemittances: [.finance, .approver, .auditor, .admin],
        .makeRemittance: [.finance],
        .approveRemittance: [.approver],
        .takeRemittance: [.finance, .approver],
        .importStatement: [.finance, .admin, .feed],
        .mapStatements: [.finance],
        .acceptMapping: [.finance, .approver],
        .reconcile: [.finance, .admin],
        .confirmRecoveries: [.finance, .approver],
        .signOffReconciliation: [.finance, .approver],
        .readCases: [.finance, .approver, .auditor, .admin],
        .resolveCases: [.finance, .approver],
        .readRefunds: [.finance, .approver, .auditor, .admin],
        .requestRefund: [.finance],
        .approveRefund: [.approver],
        .executeRefund: [.finance, .approver],
        .takePaymentFile: [.finance, .approver],
        .correctReceipts: [.finance],
        .readReports: [.finance, .approver, .auditor, .leader, .admin],
        .readEvents: [.portal, .auditor, .admin],
        .redeliverEvents: [.portal, .admin],
        .readConnections: [.finance, .auditor, .admin],
        .tryMessages: [.finance, .admin],
        .readCatalogue: [.finance, .approver, .auditor, .admin],
        .proposeCatalogue: [.finance, .admin],
        .adoptCatalogue: [.approver],
        .readEventEndpoints: [.auditor, .admin],
        .manageEventEndpoints: [.admin],
        .manageAccess: [.admin],
        .readAudit: [.auditor, .admin],
        .findPersonalData: [.auditor, .admin],
        .erasePersonalData: [.admin],
    ]

    public func isGranted(to role: Role) -> Bool { Permission.table[self]?.contains(role) ?? false }

    /// Whether only a person may do it: what decides about money takes persons, who can be told apart; a key cannot.
    public var takesPerson: Bool {
        switch self {
        case .confirmRecoveries, .signOffReconciliation, .resolveCases, .requestRefund, .approveRefund, .executeRefund,
            .correctReceipts, .workShift, .approveShift, .takePaymentFile, .makeRemittance, .approveRemittance,
            .takeRemittance, .proposeCatalogue, .adoptCatalogue, .mapStatements, .acceptMapping, .manageAccess,
            .findPersonalData,
            .erasePersonalData:
            true
        default: false
        }
    }

    /// Whether a person needs a second factor given at most ``SessionRules/freshSeconds`` ago: what moves money, or opens
    /// a door for others. A case's proposal is judged where it is approved, since the same call may only propose.
    public var takesFreshFactor: Bool {
        switch self {
        case .confirmRecoveries, .approveShift, .approveRefund, .executeRefund, .takePaymentFile, .approveRemittance,
            .takeRemittance, .adoptCatalogue, .acceptMapping,
            .manageEventEndpoints, .manageAccess, .erasePersonalData:
            true
        default: false
        }
    }
}
