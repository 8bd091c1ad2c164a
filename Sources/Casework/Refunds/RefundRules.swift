public import Values
public import Workflow

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// Who may do what with a refund; docs/money-rules.md says the same in words.
public enum RefundRules {
    /// Another person than the one who asked approves, and a refund that can be paid.
    ///
    /// - Parameter namesPayee: whether the approver named where the money goes, which only the request does.
    public static func approve(_ refund: RefundFacts, by person: String, namesPayee: Bool = false) throws(Refusal)
        -> RefundState
    {
        guard !namesPayee else { throw Refusal(.field("/beneficiary"), .approvalNamesNoPayee(refund.mark)) }
        let next = try RefundState.next(after: refund.state, on: .approve)
        guard refund.requestedBy != person else { throw Refusal(.person, .requesterCannotApprove(refund.mark)) }
        guard let payee = refund.payee else {
            throw Refusal(.state, .refundWithoutPayee(refund.mark, amount: refund.amount))
        }
        do { try payee.requirePayable(amount: refund.amount) } catch { throw Refusal(.state, error.reason) }
        return next
    }

    /// - Parameters:
    ///   - request: whose fee it takes, before its claim is given up; `nil` if it takes none.
    ///   - fee: how much of it.
    public static func reject(_ refund: RefundFacts, request: RequestFacts? = nil, fee: Money = .zero) throws(Refusal)
        -> RefundState
    {
        let next = try RefundState.next(after: refund.state, on: .reject)
        // Kept as well, the money would be more than was due, and nobody's.
        if let request, request.kept + fee > request.amountDue {
            throw Refusal(.state, .refundPaidAgain(refund.mark, reference: request.reference))
        }
        return next
    }

    public static func execute(_ refund: RefundFacts) throws(Refusal) -> RefundState {
        try RefundState.next(after: refund.state, on: .execute)
    }

    /// Why an executed refund does not stand in the payment file that a person takes; `nil` if it does.
    public static func leftOut(_ refund: RefundFacts, takenBy person: String) -> Reason? {
        switch refund.payee {
        case nil: .refundWithoutPayee(refund.mark, amount: refund.amount)
        case .byHand: .refundPaidByHand(refund.mark, amount: refund.amount)
        // Whoever approved where money goes does not carry it to the bank.
        case .transfer: refund.approvedBy == person ? .approverCannotTakeFile(refund.mark, amount: refund.amount) : nil
        }
    }

    /// A part of a refund as it is booked, with the case that held it.
    public struct Booked: Sendable, Hashable {
        public let amount: Money
        /// `nil` for the fee.
        public let caseKind: CaseKind?
        public let caseRequestID: UUID?

        public init(amount: Money, caseKind: CaseKind?, caseRequestID: UUID?) {
            self.amount = amount
            self.caseKind = caseKind
            self.caseRequestID = caseRequestID
        }
    }

    /// What of a refund had been counted as received for a request: its fee, and its excess. Late money and lines without a
    /// notice were not.
    public static func counted(_ parts: [Booked], in request: UUID) -> Money {
        parts.filter { $0.caseKind == nil || ($0.caseKind == .overpaid && $0.caseRequestID == request) }
            .map(\.amount).total()
    }

    /// What a request becomes when a refund of its fee is booked; `nil` if its state stays.
    ///
    /// The state speaks of the fee: an excess that goes back leaves the request paid, as does money that came again since.
    ///
    /// - Parameter refunded: what of its fee was refunded, this refund included.
    public static func afterExecution(_ request: RequestFacts, refunded: Money) -> PaymentRequestState.Event? {
        let kept = request.applied - refunded
        // Money that came after a refund was asked for has paid for it again.
        guard kept < request.amountDue else { return nil }
        let isAll = kept <= .zero
        switch request.state {
        case .paid: return isAll ? .refundAll : .refundPart
        case .partiallyRefunded: return isAll ? .refundRest : nil
        case .pending, .expired, .cancelled, .refunded: return nil
        }
    }

    /// What a request becomes when a refund of its fee is rejected: what it gives up counts as received again, and may be
    /// all that was missing.
    ///
    /// - Parameter request: as it stands after the claim was given up.
    public static func afterRejection(_ request: RequestFacts) -> PaymentRequestState.Event? {
        guard request.remaining == .zero, request.applied > .zero else { return nil }
        switch request.state {
        case .pending: return .pay
        case .expired: return .payWithinGrace
        case .paid, .cancelled, .partiallyRefunded, .refunded: return nil
        }
    }
}
