import Values

/// Personal data that are about to be shown to staff, as the audit keeps it.
public struct Disclosure: Sendable {
    /// What is shown; the action of the audit.
    public enum Kind: String, Sendable, CaseIterable {
        case audit = "read.audit"
        /// The bytes that a bank sent.
        case callback = "read.callback"
        case caseFile = "read.case"
        case cases = "read.cases"
        /// A question to the bank, with its customer.
        case inquiry = "read.inquiry"
        /// Payers, with what proves their category.
        case paymentRequest = "read.payment_request"
        case paymentRequests = "read.payment_requests"
        /// The payments behind a figure, with their payers.
        case payments = "read.payments"
        /// With the name of its payer.
        case receipt = "read.receipt"
        case refund = "read.refund"
        case refunds = "read.refunds"
        /// What was found by a payer's name, an amount, a day.
        case search = "read.search"
        /// Lines of a statement, with who sent the money.
        case statement = "read.statement"

        /// What the ids of its objects stand behind in a subject.
        var noun: String {
            switch self {
            case .caseFile, .cases, .inquiry: "case"
            case .paymentRequest, .paymentRequests, .payments: "request"
            case .refund, .refunds: "refund"
            case .receipt: "receipt"
            case .audit, .callback, .search, .statement: String(rawValue.dropFirst("read.".count))
            }
        }
    }

    let kind: Kind
    let subject: String
    let detail: JSON

    /// One object, such as `case:17`.
    public init(_ kind: Kind, of subject: String) {
        self.kind = kind
        self.subject = String(subject.prefix(300))
        detail = [:]
    }

    /// A list: what was asked for and how many were shown, not each of them.
    ///
    /// - Parameter query: as it was asked, such as `state=open&locality=25`; 500 characters at most are kept.
    public init(_ kind: Kind, count: Int, query: String) {
        self.kind = kind
        subject = String(kind.rawValue.dropFirst("read.".count))
        detail = ["count": .integer(count), "query": .string(String(query.prefix(500)))]
    }

    /// A page of the console: of one object, or of a list as it was asked for.
    public init(_ kind: Kind, id: String?, query: String) {
        self.kind = kind
        let list = String(kind.rawValue.dropFirst("read.".count))
        subject = String((id.map { kind.noun + ":" + $0.lowercased() } ?? list).prefix(300))
        detail = id == nil ? ["query": .string(String(query.prefix(500)))] : [:]
    }

    /// A query as ``init(_:count:query:)`` takes it, of what was given.
    public static func query(_ parts: KeyValuePairs<String, String?>) -> String {
        parts.compactMap { name, value in value.map { "\(name)=\($0)" } }.joined(separator: "&")
    }
}
