import Postgres
public import Values

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// One verified notice on its way to the settlement function.
public struct NoticeRow: Sendable {
    /// What a person settles from suspense is written by the database alone, under the source `case`.
    public enum Source: String, Sendable { case callback, statement, counter }

    public var source: Source
    public var connectionID: Int32?
    public var transactionID: String
    public var contentHash: [UInt8]
    /// True for money that came in; false for a failure or a debit, which is recorded and posts nothing.
    public var isCredit: Bool
    public var amount: Money
    public var accountNumber: String
    public var bankReference: String
    /// The references found in the notice, in their order; the first one that exists is meant.
    public var references: [String]
    public var occurredAt: Instant
    public var memo: String?
    public var headers: String?
    public var body: String?
    public var debitAccount: Int32
    public var suspenseAccount: Int32
    /// Whether an expired request would still cost the same; `nil` while nobody has asked.
    public var priceHolds: Bool?

    public init(
        source: Source,
        connectionID: Int32?,
        transactionID: String,
        contentHash: [UInt8],
        isCredit: Bool,
        amount: Money,
        accountNumber: String,
        bankReference: String,
        references: [String],
        occurredAt: Instant,
        memo: String?,
        headers: String?,
        body: String?,
        debitAccount: Int32,
        suspenseAccount: Int32
    ) {
        self.source = source
        self.connectionID = connectionID
        self.transactionID = transactionID
        self.contentHash = contentHash
        self.isCredit = isCredit
        self.amount = amount
        self.accountNumber = accountNumber
        self.bankReference = bankReference
        self.references = references
        self.occurredAt = occurredAt
        self.memo = memo
        self.headers = headers
        self.body = body
        self.debitAccount = debitAccount
        self.suspenseAccount = suspenseAccount
    }
}

/// What became of a notice; one each.
public enum NoticeOutcome: String, Sendable, CaseIterable {
    case settled, partial, overpaid, late
    case unknownReference = "unknown_reference"
    case duplicate, conflict
    case notCredit = "not_credit"
}

/// The answer to one notice.
public struct Settled: Sendable, Hashable {
    public let outcome: NoticeOutcome
    public let paymentRequestID: UUID?
    public let noticeID: Int64?
}

/// What the settlement function answered before the price of an expired request was looked at.
struct RawOutcome: Sendable {
    let outcome: String
    let paymentRequestID: UUID?
    let noticeID: Int64?
}

enum SettlementSQL {
    /// Settles a batch in one call; answers in the order of the rows.
    static func settle(_ rows: [NoticeRow], now: Instant, grace: Int64) -> Query {
        """
        select outcome, payment_request_id, notice_id from settle_notices(
            \(rows.map(\.source.rawValue))::text[], \(rows.map(\.connectionID))::integer[],
            \(rows.map(\.transactionID))::text[], \(rows.map { Bytes($0.contentHash) })::bytea[],
            \(rows.map(\.isCredit))::boolean[], \(rows.map(\.amount))::bigint[], \(rows.map(\.accountNumber))::text[],
            \(rows.map(\.bankReference))::text[], \(rows.map { $0.references.joined(separator: ",") })::text[],
            \(rows.map(\.occurredAt))::timestamptz[], \(rows.map(\.memo))::text[], \(rows.map(\.headers))::text[],
            \(rows.map(\.body))::text[], \(rows.map(\.debitAccount))::integer[],
            \(rows.map(\.suspenseAccount))::integer[], \(rows.map(\.priceHolds))::boolean[],
            \(now)::timestamptz, make_interval(secs => \(grace)::integer))
        order by ordinal
        """
    }

    static func decode(_ rows: Rows) throws -> [RawOutcome] {
        try rows.map { row in
            let (outcome, request, notice) = try row.decode(String.self, UUID?.self, Int64?.self)
            return RawOutcome(outcome: outcome, paymentRequestID: request, noticeID: notice)
        }
    }
}
