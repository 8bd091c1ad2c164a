public import Values
public import Workflow

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// What the database knows about a batch of notices, read under its locks.
public struct Facts: Sendable {
    /// The requests that the batch names, by reference.
    public var requests: [String: Request] = [:]
    /// Reports of the batch that were recorded before.
    public var reports: [ReportKey: RecordedReport] = [:]
    /// Transfers of the batch that are in the books already, with the notice that brought them.
    public var transfers: [TransferKey: Int64] = [:]
    /// Transfers of the batch that a callback has reported without bringing money, with that callback: it confirmed a
    /// recovery, or came after a line that a person has dealt with.
    public var toldTransfers: [TransferKey: Int64] = [:]
    /// Transfers of the batch that a line brought before their callback.
    public var lines: [TransferKey: EarlierLine] = [:]
    /// Lines that would pay a request of the batch and wait for a person's confirmation, oldest first.
    public var waiting: [UUID: [EarlierLine]] = [:]
    /// What was recovered from statements for the requests of the batch and not confirmed by a callback, oldest first.
    public var recoveries: [UUID: [Recovery]] = [:]
    /// What cashiers entered as paid without cash, of the requests or with the receipt numbers that the batch names, and
    /// which the bank has not shown, oldest first.
    public var counterPayments: [CounterPayment] = []
    /// Days of the batch's accounts whose reconciliation record is signed.
    public var signedDays: Set<AccountDay> = []

    public init() {}

    /// A payment request as it stands.
    public struct Request: Sendable, Hashable {
        public var id: UUID
        public var reference: String
        public var status: PaymentRequestState
        public var amountDue: Money
        /// What was posted to revenue for it, less what refunds have claimed of that.
        public var netApplied: Money
        /// The account that it collects on.
        public var accountNumber: String
        public var createdAt: Instant
        public var expiresAt: Instant

        public init(
            id: UUID,
            reference: String,
            status: PaymentRequestState,
            amountDue: Money,
            netApplied: Money,
            accountNumber: String,
            createdAt: Instant,
            expiresAt: Instant
        ) {
            self.id = id
            self.reference = reference
            self.status = status
            self.amountDue = amountDue
            self.netApplied = netApplied
            self.accountNumber = accountNumber
            self.createdAt = createdAt
            self.expiresAt = expiresAt
        }

        /// What remains to be paid: money that was refunded has not been received. Never below 0.
        public var remaining: Money { max(amountDue - netApplied, .zero) }

        /// Whether money may still pay it.
        public var isOpen: Bool { status == .pending || status == .expired }
    }

    /// A report that was recorded before.
    public struct RecordedReport: Sendable, Hashable {
        public var noticeID: Int64
        public var contentHash: [UInt8]
        public var requestID: UUID?

        public init(noticeID: Int64, contentHash: [UInt8], requestID: UUID?) {
            self.noticeID = noticeID
            self.contentHash = contentHash
            self.requestID = requestID
        }
    }

    /// A line that brought a transfer before its callback, and is in the books.
    public struct EarlierLine: Sendable, Hashable {
        public var id: Int64
        /// Its case; `nil` when it waits for a person's confirmation, was confirmed, or paid several requests.
        public var caseID: Int64?
        /// Its proposed recovery that waits for confirmation.
        public var proposalID: Int64?
        /// What is left of it in suspense.
        public var rest: Money
        /// The recoveries of a line that paid several requests; its transfer is none of them alone.
        public var recoveries: [Int64]

        public init(id: Int64, caseID: Int64?, proposalID: Int64?, rest: Money, recoveries: [Int64] = []) {
            self.id = id
            self.caseID = caseID
            self.proposalID = proposalID
            self.rest = rest
            self.recoveries = recoveries
        }
    }

    /// A payment that a cashier entered as made without cash, in the clearing account of the agency.
    public struct CounterPayment: Sendable, Hashable {
        public var noticeID: Int64
        public var requestID: UUID
        public var reference: String
        public var amount: Money
        /// The bank account that must show it.
        public var accountNumber: String
        /// What the cashier copied from the slip: often the bank's own id.
        public var receiptNumber: String?

        public init(
            noticeID: Int64,
            requestID: UUID,
            reference: String,
            amount: Money,
            accountNumber: String,
            receiptNumber: String?
        ) {
            self.noticeID = noticeID
            self.requestID = requestID
            self.reference = reference
            self.amount = amount
            self.accountNumber = accountNumber
            self.receiptNumber = receiptNumber
        }
    }

    /// A payment recovered from a statement that no callback has confirmed.
    public struct Recovery: Sendable, Hashable {
        public var noticeID: Int64
        public var amount: Money

        public init(noticeID: Int64, amount: Money) {
            self.noticeID = noticeID
            self.amount = amount
        }
    }
}

/// A day of an account.
public struct AccountDay: Sendable, Hashable {
    public let accountNumber: String
    public let day: Day

    public init(accountNumber: String, day: Day) {
        self.accountNumber = accountNumber
        self.day = day
    }
}

/// What settlement is bound to, apart from facts.
public struct SettlementTerms: Sendable, Hashable {
    /// When the batch is decided.
    public var now: Instant
    /// How long after its expiry a request whose price has not changed is settled all the same.
    public var graceSeconds: Int64
    /// Clocks may differ by so much before a time is not believed.
    public var clockToleranceSeconds: Int64 = 600
    /// How old the time of a transfer without a request may be.
    public var oldestDays: Int = 60

    public init(now: Instant, graceSeconds: Int64) {
        self.now = now
        self.graceSeconds = graceSeconds
    }
}
