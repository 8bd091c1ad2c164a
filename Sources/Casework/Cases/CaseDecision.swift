public import Values
public import Workflow

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// One person's decision about a case, as it was given.
public struct CaseDecision: Sendable, Hashable {
    public var choice: Choice
    /// Why, in 1 to 2,000 characters.
    public var note: String

    /// What is to be done, with the arguments of each action. A missing amount means as much as fits; a decision
    /// without any argument approves the waiting proposal.
    public enum Choice: Sendable, Hashable {
        case accept(amount: Money?)
        case link(Target?, amount: Money?)
        case split([Part])
        case refund(Refund)
        case askBank
        case writeOff(amount: Money?)
        case dismiss
        case reopen
    }

    /// What money is linked to.
    public enum Target: Sendable, Hashable {
        /// A payment request, by its id or its reference in any notation.
        case request(String)
        /// A refund, which a debit turned out to be.
        case refund(UUID)
    }

    /// One request's share of a split.
    public struct Part: Sendable, Hashable {
        /// The id or the reference of a payment request.
        public let target: String
        public let amount: Money

        public init(target: String, amount: Money) {
            self.target = target
            self.amount = amount
        }
    }

    /// How money goes back.
    public struct Refund: Sendable, Hashable {
        public var amount: Money?
        public var reason: String?
        public var payee: RefundPayee?

        public init(amount: Money? = nil, reason: String? = nil, payee: RefundPayee? = nil) {
            self.amount = amount
            self.reason = reason
            self.payee = payee
        }
    }

    /// The largest number of parts of a split.
    public static let maximumParts = 100

    public init(_ choice: Choice, note: String) {
        self.choice = choice
        self.note = note
    }

    public var action: CaseAction {
        switch choice {
        case .accept: .accept
        case .link: .link
        case .split: .split
        case .refund: .refund
        case .askBank: .askBank
        case .writeOff: .writeOff
        case .dismiss: .dismiss
        case .reopen: .reopen
        }
    }

    /// Whether it has nothing but an action and a note, with which the second person approves the waiting proposal.
    public var isBare: Bool {
        switch choice {
        case .accept(let amount), .writeOff(let amount): amount == nil
        case .link(let target, let amount): target == nil && amount == nil
        case .split(let parts): parts.isEmpty
        case .refund(let refund): refund == Refund()
        case .askBank, .dismiss, .reopen: true
        }
    }

    /// The requests that it names.
    public var requestNames: [String] {
        switch choice {
        case .link(.request(let name), _): [name]
        case .split(let parts): parts.map(\.target)
        default: []
        }
    }

    /// The refund that it names.
    public var refundID: UUID? {
        guard case .link(.refund(let id), _) = choice else { return nil }
        return id
    }
}
