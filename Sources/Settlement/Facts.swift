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
    /// The baskets that the batch names, by reference; their requests are among ``requests``.
    public var baskets: [String: Basket] = [:]
    /// The requests that ask for the same as an expired request of the batch, because a payer asked for a new code after
    /// it had expired: those made in its place and those that it was made in the place of, by the expired one. Their
    /// facts are among ``requests``.
    public var renewals: [UUID: [String]] = [:]
    /// Reports of the batch that were recorded before.
    public var reports: [ReportKey: RecordedReport] = [:]
    /// Transfers of the batch that are already in the books, each with the notice that brought it.
    public var transfers: [TransferKey: Int64] = [:]
    /// Transfers of the batch that an earlier callback reported without bringing money, each with that callback. It
    /// confirmed a recovery, or followed a line that a person had dealt with.
    public var toldTransfers: [TransferKey: Int64] = [:]
    /// Transfers of the batch that a line brought before their callback.
    public var lines: [TransferKey: EarlierLine] = [:]
    /// Lines that would pay a request, or the requests of a basket, of the batch and wait for a person's confirmation, by
    /// the request or the basket; oldest first.
    public var waiting: [UUID: [EarlierLine]] = [:]
    /// Recoveries from statements for the requests of the batch that no callback has confirmed, oldest first.
    public var recoveries: [UUID: [Recovery]] = [:]
    /// Lines that name a basket of the batch and paid requests of it, by the basket, which no callback has confirmed;
    /// oldest first.
    public var basketRecoveries: [UUID: [BasketRecovery]] = [:]
    /// What cashiers entered as paid without cash and the bank has not confirmed, for the requests or receipt numbers
    /// that the batch names, oldest first.
    public var counterPayments: [CounterPayment] = []
    /// Days of the batch's accounts whose reconciliation record is signed.
    public var signedDays: Set<AccountDay> = []

    public init() {}

    /// A payment request in its current state.
    public struct Request: Sendable, Hashable {
        public var id: UUID
        public var reference: String
        public var status: PaymentRequestState
        public var amountDue: Money
        /// The amount posted to revenue for it, minus what refunds have claimed.
        public var netApplied: Money
        /// The account that it is to be paid to.
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

        /// What remains to be paid, never below 0. Refunded money does not count as received.
        public var remaining: Money { max(amountDue - netApplied, .zero) }

        /// Whether it still accepts payments.
        public var isOpen: Bool { status == .pending || status == .expired }

        /// Whether it was paid, in full or in part, even if that has gone back since.
        public var holdsMoney: Bool { netApplied > .zero || !isOpen && status != .cancelled }
    }

    /// Several requests of one account that are paid with one reference.
    public struct Basket: Sendable, Hashable {
        public var id: UUID
        public var reference: String
        public var isCancelled: Bool
        /// The references of its requests, in the order in which money pays them.
        public var members: [String]
        /// The account that it is to be paid to.
        public var accountNumber: String
        public var createdAt: Instant

        public init(
            id: UUID,
            reference: String,
            isCancelled: Bool,
            members: [String],
            accountNumber: String,
            createdAt: Instant
        ) {
            self.id = id
            self.reference = reference
            self.isCancelled = isCancelled
            self.members = members
            self.accountNumber = accountNumber
            self.createdAt = createdAt
        }
    }

    /// A report that was recorded before.
    public struct RecordedReport: Sendable, Hashable {
        public var noticeID: Int64
        public var contentHash: [UInt8]
        /// The account that received the money; the content may not name it.
        public var accountNumber: String
        public var requestID: UUID?

        public init(noticeID: Int64, contentHash: [UInt8], accountNumber: String, requestID: UUID?) {
            self.noticeID = noticeID
            self.contentHash = contentHash
            self.accountNumber = accountNumber
            self.requestID = requestID
        }
    }

    /// A line that brought a transfer before its callback, and is in the books.
    public struct EarlierLine: Sendable, Hashable {
        public var id: Int64
        /// Its case; `nil` if it waits for a person's confirmation, was confirmed, or paid several requests.
        public var caseID: Int64?
        /// Its proposed recovery that waits for confirmation.
        public var proposalID: Int64?
        /// Its other ones, if it would pay several requests of a basket.
        public var otherProposals: [Int64] = []
        /// The part of it that is still in suspense.
        public var rest: Money
        /// The recoveries of a line that paid several requests: the transfer is all of them together.
        public var recoveries: [Int64]

        public init(id: Int64, caseID: Int64?, proposalID: Int64?, rest: Money, recoveries: [Int64] = []) {
            self.id = id
            self.caseID = caseID
            self.proposalID = proposalID
            self.rest = rest
            self.recoveries = recoveries
        }
    }

    /// A payment that a cashier entered as made without cash; the agency's clearing account holds it.
    public struct CounterPayment: Sendable, Hashable {
        public var noticeID: Int64
        /// `nil` for cash that was carried to the bank.
        public var requestID: UUID?
        /// Of the request; of cash that was carried to the bank, the number on its slip.
        public var reference: String
        public var amount: Money
        /// The bank account on which it is expected.
        public var accountNumber: String
        /// What the cashier copied from the slip: often the bank's own id.
        public var receiptNumber: String?

        public init(
            noticeID: Int64,
            requestID: UUID?,
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

    /// A line that paid requests of a basket, which no callback has confirmed.
    public struct BasketRecovery: Sendable, Hashable {
        /// The amount of the line.
        public var amount: Money
        /// Its notices, one for each request that it paid.
        public var notices: [Int64]

        public init(amount: Money, notices: [Int64]) {
            self.amount = amount
            self.notices = notices
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
