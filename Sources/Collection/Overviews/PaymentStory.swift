public import Values
public import Workflow

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// Everything that happened to a payment request, in the order of time, with what it consists of.
public struct PaymentStory: Sendable {
    /// A change of the request's state.
    public struct Change: Sendable {
        public let event: String
        public let from: PaymentRequestState?
        public let to: PaymentRequestState
        public let received: Money
        public let at: Instant
    }

    /// A notice of a bank, a counter, a statement's line or a case that brought money, with what became of it.
    public struct Notice: Sendable {
        public let id: Int64
        public let source: String
        public let connection: String?
        public let transactionID: String
        public let outcome: String
        public let amount: Money
        public let accountNumber: String
        public let memo: String?
        public let occurredAt: Instant
        public let receivedAt: Instant
        /// As it arrived; `nil` for what did not come by callback, or was dropped after its time.
        /// As received; `nil` if it is not for whoever reads this, or its time is over.
        public internal(set) var body: String?
        /// As received, sealed.
        let raw: [UInt8]?
        /// Why it has its outcome.
        public let reason: Reason?
        /// The line of a statement that confirms it.
        public let line: Line?
        /// What it paid of this request, if it was for a basket; `nil` if it names this request alone.
        public internal(set) var share: Money? = nil
        /// Who took it at a counter, and in which shift; `nil` for what no cashier took.
        public internal(set) var taking: Taking? = nil
        /// The case whose money it moved to the request; `nil` for money that came for the request itself.
        public internal(set) var caseID: Int64? = nil
    }

    /// By whom money was taken at a counter.
    public struct Taking: Sendable {
        public let cashier: String
        public let shiftID: Int64
    }

    /// A basket that the request is or was in.
    public struct BasketOfRequest: Sendable {
        public let reference: String
        public let createdAt: Instant
        public let expiresAt: Instant
        public let cancelledAt: Instant?
    }

    /// A line of a statement.
    public struct Line: Sendable {
        public let statementID: Int64
        public let number: Int32
        public let bookedAt: Instant
        public let amount: Money
        public let memo: String?
        public let counterparty: String?
    }

    /// A transfer in the books.
    public struct Posting: Sendable {
        public let id: Int64
        public let kind: String
        /// The kinds of the two accounts, such as `bank` and `revenue`, with whom they are of.
        public let debit: String
        public let debitOwner: String
        public let credit: String
        public let creditOwner: String
        public let amount: Money
        public let bookedOn: Day
        public let recordedAt: Instant
    }

    public struct CaseOfRequest: Sendable {
        public let id: Int64
        public let kind: CaseKind
        public let isOpen: Bool
        public let amount: Money
        public let openedAt: Instant
        public let endedAt: Instant?
        public let endedBy: String?
        public let action: String?
        public let reason: Reason?
        /// What two persons did about it, the earliest first.
        public internal(set) var decisions: [Decision] = []
    }

    /// What one person proposed about a case and another approved.
    public struct Decision: Sendable {
        public let at: Instant
        /// Such as `link`.
        public let action: String
        public let proposedBy: String
        public let note: String
        public let approvedBy: String
        /// Of whoever approved it.
        public let approvalNote: String?

        public init(
            at: Instant,
            action: String,
            proposedBy: String,
            note: String,
            approvedBy: String,
            approvalNote: String?
        ) {
            self.at = at
            self.action = action
            self.proposedBy = proposedBy
            self.note = note
            self.approvedBy = approvedBy
            self.approvalNote = approvalNote
        }
    }

    public struct RefundOfRequest: Sendable {
        public let id: UUID
        public let mark: String
        public let state: RefundState
        public let amount: Money
        public let requestedBy: String
        public let requestedAt: Instant
        public let approvedBy: String?
        public let approvedAt: Instant?
        public let executedBy: String?
        public let executedAt: Instant?
        public let settledAt: Instant?
    }

    public let request: PaymentRequest
    /// Who made it: a key, a person, or the command line.
    public let madeBy: String?
    public let changes: [Change]
    public internal(set) var notices: [Notice]
    public let postings: [Posting]
    /// About the request, or whose money paid it.
    public internal(set) var cases: [CaseOfRequest]
    public let refunds: [RefundOfRequest]
    /// What its payer was told.
    public internal(set) var messages: [MessageRecord] = []
    /// What its portal was told.
    public let events: [Event]
    /// The oldest first.
    public internal(set) var baskets: [BasketOfRequest] = []
}
