public import Values
public import Workflow

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// Who may do what with a refund, as docs/money-rules.md describes.
public enum RefundRules {
    /// Approves a refund that can be paid. The approver must not be the requester; above what one approver may approve,
    /// a second one approves as well, who is neither.
    ///
    /// - Parameters:
    ///   - approver: what is known of the person; of the second one, only whom they stand in for counts.
    ///   - namesPayee: whether the approver named a payee, which only the requester may do.
    public static func approve(
        _ refund: RefundFacts,
        by person: String,
        _ approver: ApproverFacts = .free,
        namesPayee: Bool = false
    ) throws(Refusal) -> RefundApproval {
        guard !namesPayee else { throw Refusal(.field("/beneficiary"), .approvalNamesNoPayee(refund.mark)) }
        let next = try RefundState.next(after: refund.state, on: .approve)
        guard refund.requestedBy != person, refund.adoptedBy != person else {
            throw Refusal(.person, .requesterCannotApprove(refund.mark))
        }
        guard !refund.isAskedByProgram || refund.adoptedBy != nil else {
            throw Refusal(.state, .refundNeedsRequester(refund.mark, amount: refund.amount))
        }
        guard let payee = refund.payee else {
            throw Refusal(.state, .refundWithoutPayee(refund.mark, amount: refund.amount))
        }
        do { try payee.requirePayable(amount: refund.amount) } catch { throw Refusal(.state, error.reason) }
        guard refund.approvedBy != person else { throw Refusal(.person, .approvedAlready(refund.mark)) }
        try approver.standIns.requireOthers([refund.requestedBy, refund.adoptedBy, refund.approvedBy])
        if refund.approvedBy != nil { return RefundApproval(state: next, approvalsNeeded: 2, isSecond: true) }
        return first(approver.approvalsNeeded(for: refund.amount))
    }

    /// The first person's approval.
    public static func first(_ approvalsNeeded: Int) -> RefundApproval {
        RefundApproval(
            state: approvalsNeeded == 1 ? .approved : .requested,
            approvalsNeeded: approvalsNeeded,
            isSecond: false
        )
    }

    /// A person takes over what a program asked for, and is from then on who asked.
    ///
    /// - Parameter requester: the name of who stands behind the request already, if anybody does.
    public static func adopt(_ refund: RefundFacts, named requester: String) throws(Refusal) {
        _ = try RefundState.next(after: refund.state, on: .approve)
        guard refund.isAskedByProgram, refund.adoptedBy == nil else {
            throw Refusal(.state, .refundHasRequester(refund.mark, actor: requester))
        }
    }

    /// - Parameters:
    ///   - request: the request whose fee it takes, before its claim is released; `nil` if it takes none.
    ///   - fee: how much of the fee it takes.
    public static func reject(_ refund: RefundFacts, request: RequestFacts? = nil, fee: Money = .zero) throws(Refusal)
        -> RefundState
    {
        let next = try RefundState.next(after: refund.state, on: .reject)
        // If the money were kept too, the request would hold more than was due.
        if let request, request.kept + fee > request.amountDue {
            throw Refusal(.state, .refundPaidAgain(refund.mark, reference: request.reference))
        }
        return next
    }

    public static func execute(_ refund: RefundFacts) throws(Refusal) -> RefundState {
        try RefundState.next(after: refund.state, on: .execute)
    }

    /// Why the payment file that a person takes leaves out an executed refund; `nil` if the file contains it.
    public static func leftOut(_ refund: RefundFacts, takenBy person: String) -> Reason? {
        switch refund.payee {
        case nil: .refundWithoutPayee(refund.mark, amount: refund.amount)
        case .byHand: .refundPaidByHand(refund.mark, amount: refund.amount)
        // Whoever approved the payee does not take the file to the bank.
        case .transfer:
            [refund.approvedBy, refund.secondApprovedBy].contains(person)
                ? .approverCannotTakeFile(refund.mark, amount: refund.amount) : nil
        }
    }

    /// A booked part of a refund, with the case that held it.
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

    /// The part of a refund that had been counted as received for a request: its fee and its excess. Late money and
    /// lines without a notice had not been counted.
    public static func counted(_ parts: [Booked], in request: UUID) -> Money {
        parts.filter { $0.caseKind == nil || ($0.caseKind == .overpaid && $0.caseRequestID == request) }
            .map(\.amount).total()
    }

    /// The event of a request when a refund of its fee is booked; `nil` if its state stays.
    ///
    /// The state describes the fee: refunding an excess leaves the request paid, as does money that has since arrived
    /// again.
    ///
    /// - Parameter refunded: the refunded part of its fee, including this refund.
    public static func afterExecution(_ request: RequestFacts, refunded: Money) -> PaymentRequestState.Event? {
        let kept = request.applied - refunded
        // Money that arrived after the refund was requested has paid the fee again.
        guard kept < request.amountDue else { return nil }
        let isAll = kept <= .zero
        switch request.state {
        case .paid: return isAll ? .refundAll : .refundPart
        case .partiallyRefunded: return isAll ? .refundRest : nil
        case .pending, .expired, .cancelled, .refunded: return nil
        }
    }

    /// The event of a request when a refund of its fee is rejected: the released money counts as received again, and
    /// may be all that remained.
    ///
    /// - Parameter request: the request after the claim was released.
    public static func afterRejection(_ request: RequestFacts) -> PaymentRequestState.Event? {
        guard request.remaining == .zero, request.applied > .zero else { return nil }
        switch request.state {
        case .pending: return .pay
        case .expired: return .payWithinGrace
        case .paid, .cancelled, .partiallyRefunded, .refunded: return nil
        }
    }
}
