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
