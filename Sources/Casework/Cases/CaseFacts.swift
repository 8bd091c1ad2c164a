public import Values
public import Workflow

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// A case in its current state, read under its lock.
public struct CaseFacts: Sendable, Hashable {
    public var id: Int64
    public var kind: CaseKind
    public var state: CaseState
    /// The account whose suspense account holds its money.
    public var accountNumber: String?
    /// The request that it names.
    public var requestID: UUID?
    /// The line that it is about, if its money came or left with a line.
    public var line: Line?
    /// The amount in suspense for it; negative for money that left the bank unexplained.
    public var held: Money
    /// How much of that has been decided.
    public var used: Money
    /// The proposed move of money that waits for the second person.
    public var proposal: CaseProposal?
    /// The account that paid, if the bank reported it.
    public var payer: Beneficiary?

    /// A line of a statement.
    public struct Line: Sendable, Hashable {
        public var id: Int64
        public var amount: Money
        /// Whether a notice of the same transfer has been posted since and already counts the money of the line.
        public var isCounted: Bool

        public init(id: Int64, amount: Money, isCounted: Bool) {
            self.id = id
            self.amount = amount
            self.isCounted = isCounted
        }
    }

    public init(
        id: Int64,
        kind: CaseKind,
        state: CaseState,
        accountNumber: String? = nil,
        requestID: UUID? = nil,
        line: Line? = nil,
        held: Money,
        used: Money,
        proposal: CaseProposal? = nil,
        payer: Beneficiary? = nil
    ) {
        self.id = id
        self.kind = kind
        self.state = state
        self.accountNumber = accountNumber
        self.requestID = requestID
        self.line = line
        self.held = held
        self.used = used
        self.proposal = proposal
        self.payer = payer
    }

    /// What is still to be decided about.
    public var left: Money { held - used }
}

/// A move of money that one person proposed and another must approve.
public struct CaseProposal: Sendable, Hashable {
    public var move: CaseMove
    public var note: String
    /// The person's id, by which persons are compared.
    public var proposedBy: String
    /// The person's name, for display.
    public var proposedByName: String

    public init(move: CaseMove, note: String, proposedBy: String, proposedByName: String) {
        self.move = move
        self.note = note
        self.proposedBy = proposedBy
        self.proposedByName = proposedByName
    }
}

/// The requests and refunds that a decision names, in their current state.
public struct CaseTargets: Sendable, Hashable {
    /// Requests, by the names used in the decision; those that do not exist are missing.
    public var requests: [String: RequestFacts] = [:]
    /// The case's own request.
    public var own: RequestFacts?
    /// The refund that a debit is linked to.
    public var refund: RefundFacts?
    /// A payment that a notice posted for the request named, of the amount of the case's line, that no line has confirmed.
    public var unconfirmed: UnconfirmedPayment?

    public init() {}
}

/// A payment that a notice brought into the books and that is on no statement yet.
public struct UnconfirmedPayment: Sendable, Hashable {
    public var noticeID: Int64
    public var requestID: UUID
    public var reference: String
    public var amount: Money

    public init(noticeID: Int64, requestID: UUID, reference: String, amount: Money) {
        self.noticeID = noticeID
        self.requestID = requestID
        self.reference = reference
        self.amount = amount
    }
}
