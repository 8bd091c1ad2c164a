public import Values
public import Workflow

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// A refund in its current state, read under its lock.
public struct RefundFacts: Sendable, Hashable {
    public var id: UUID
    /// What the bank's memo carries, `KHR…`.
    public var mark: String
    public var state: RefundState
    public var amount: Money
    /// The account that pays.
    public var accountNumber: String
    /// `nil` if nobody stated how it is to be paid.
    public var payee: RefundPayee?
    /// The persons' ids, by which persons are compared.
    public var requestedBy: String
    public var approvedBy: String?
    /// Whether a program, or the system's account, asked for it.
    public var isAskedByProgram: Bool
    /// The person who took such a request over.
    public var adoptedBy: String?
    /// The third person, where the amount takes one.
    public var secondApprovedBy: String?

    public init(
        id: UUID,
        mark: String,
        state: RefundState,
        amount: Money,
        accountNumber: String,
        payee: RefundPayee?,
        requestedBy: String,
        approvedBy: String?,
        isAskedByProgram: Bool = false,
        adoptedBy: String? = nil,
        secondApprovedBy: String? = nil
    ) {
        self.id = id
        self.mark = mark
        self.state = state
        self.amount = amount
        self.accountNumber = accountNumber
        self.payee = payee
        self.requestedBy = requestedBy
        self.approvedBy = approvedBy
        self.isAskedByProgram = isAskedByProgram
        self.adoptedBy = adoptedBy
        self.secondApprovedBy = secondApprovedBy
    }
}
