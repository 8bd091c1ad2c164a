public import Values
public import Workflow

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// The parts that a refund is made of, worked out under locks.
public struct RefundPlan: Sendable, Hashable {
    public let amount: Money
    /// The account that pays.
    public let accountNumber: String
    public let requestID: UUID?
    public let parts: [RefundPart]

    /// What the database knows when a refund of a request is asked for.
    public struct RequestMoney: Sendable, Hashable {
        public var request: RequestFacts
        /// Undecided money in suspense for it, by case.
        public var inSuspense: [RefundPart]
        public var policies: FeePolicies
        /// Another request of the same dossier is paid.
        public var isPaidTwice: Bool

        public init(request: RequestFacts, inSuspense: [RefundPart], policies: FeePolicies, isPaidTwice: Bool) {
            self.request = request
            self.inSuspense = inSuspense
            self.policies = policies
            self.isPaidTwice = isPaidTwice
        }
    }

    /// Plans a refund of all or part of what one case holds.
    public static func ofCase(_ facts: CaseFacts, amount: Money?) throws(Refusal) -> RefundPlan {
        guard let account = facts.accountNumber, facts.left > .zero else {
            throw Refusal(.field("/case_id"), .caseHoldsNothingToRefund(facts.id))
        }
        let amount = amount ?? facts.left
        guard amount <= facts.left else {
            throw Refusal(.field("/amount"), .refundExceeds(amount: amount, available: facts.left))
        }
        return RefundPlan(
            amount: amount,
            accountNumber: account,
            requestID: facts.requestID,
            parts: [RefundPart(caseID: facts.id, amount: amount)]
        )
    }

    /// Plans a refund of what was received for a request: first money in suspense, which was never owed, then its fee.
    public static func ofRequest(
        _ money: RequestMoney,
        amount: Money?,
        reason: String,
        now: Instant,
        graceSeconds: Int64
    ) throws(Refusal) -> RefundPlan {
        let fee = FeeClaim(money, reason: reason, now: now, graceSeconds: graceSeconds)
        var parts = money.inSuspense.filter { $0.amount > .zero }
        if fee.available > .zero { parts.append(RefundPart(caseID: nil, amount: fee.available)) }
        let available = parts.map(\.amount).total()
        let wanted = amount ?? available
        guard wanted > .zero, wanted <= available else {
            // If a policy or state holds back what would have sufficed, that is the reason to state.
            if let refusal = fee.refusal, wanted <= available + fee.heldBack { throw refusal }
            guard available > .zero else {
                throw Refusal(.field("/amount"), .nothingToRefund(money.request.reference))
            }
            throw Refusal(.field("/amount"), .refundExceeds(amount: wanted, available: available))
        }
        var rest = wanted
        var taken: [RefundPart] = []
        for part in parts where rest > .zero {
            let amount = min(part.amount, rest)
            rest -= amount
            taken.append(RefundPart(caseID: part.caseID, amount: amount))
        }
        return RefundPlan(
            amount: wanted,
            accountNumber: money.request.accountNumber,
            requestID: money.request.id,
            parts: taken
        )
    }
}

extension [RefundPart] {
    /// The reason that describes the parts.
    public var reason: Reason {
        .moneyGoesBack(
            amount: map(\.amount).total(),
            suspense: filter { $0.caseID != nil }.map(\.amount).total(),
            fee: filter { $0.caseID == nil }.map(\.amount).total()
        )
    }
}
