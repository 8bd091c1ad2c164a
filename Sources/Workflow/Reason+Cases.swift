public import Values

/// What is done with the money of a case.
extension Reason {
    public static func casePaysRequest(_ id: Int64, reference: String, amount: Money) -> Reason {
        Reason(.casePaysRequest, [.caseID: .count(id), .reference: .text(reference), .amount: .money(amount)])
    }

    public static func casePaysRequests(_ id: Int64, requests: Int, total: Money) -> Reason {
        Reason(
            .casePaysRequests,
            [.caseID: .count(id), .requests: .count(Int64(requests)), .total: .money(total)]
        )
    }

    public static func caseConfirmsPayment(_ id: Int64, reference: String, amount: Money) -> Reason {
        Reason(.caseConfirmsPayment, [.caseID: .count(id), .reference: .text(reference), .amount: .money(amount)])
    }

    public static func caseConfirmsRefund(_ id: Int64, refund: String, amount: Money) -> Reason {
        Reason(.caseConfirmsRefund, [.caseID: .count(id), .refund: .text(refund), .amount: .money(amount)])
    }

    public static func caseGoesBack(_ id: Int64, amount: Money) -> Reason {
        Reason(.caseGoesBack, [.caseID: .count(id), .amount: .money(amount)])
    }

    public static func caseWrittenOffAsGain(_ id: Int64, amount: Money) -> Reason {
        Reason(.caseWrittenOffAsGain, [.caseID: .count(id), .amount: .money(amount)])
    }

    public static func caseWrittenOffAsLoss(_ id: Int64, amount: Money) -> Reason {
        Reason(.caseWrittenOffAsLoss, [.caseID: .count(id), .amount: .money(amount)])
    }
}

/// Why something cannot be done with a case.
extension Reason {
    public static func caseHoldsMoney(_ id: Int64, suspense: Money) -> Reason {
        Reason(.caseHoldsMoney, [.caseID: .count(id), .suspense: .money(suspense)])
    }

    public static func caseHoldsNothing(_ id: Int64) -> Reason { Reason(.caseHoldsNothing, [.caseID: .count(id)]) }

    /// - Parameter amount: the amount requested.
    public static func caseHoldsLess(_ id: Int64, suspense: Money, amount: Money) -> Reason {
        Reason(.caseHoldsLess, [.caseID: .count(id), .suspense: .money(suspense), .amount: .money(amount)])
    }

    public static func caseMoneyLeftBank(_ id: Int64, amount: Money) -> Reason {
        Reason(.caseMoneyLeftBank, [.caseID: .count(id), .amount: .money(amount)])
    }

    public static func caseHasNoRequest(_ id: Int64) -> Reason { Reason(.caseHasNoRequest, [.caseID: .count(id)]) }

    public static func linkNeedsRequest(_ id: Int64) -> Reason { Reason(.linkNeedsRequest, [.caseID: .count(id)]) }

    public static func debitNeedsRefund(_ id: Int64) -> Reason { Reason(.debitNeedsRefund, [.caseID: .count(id)]) }

    /// - Parameters:
    ///   - amount: of the refund.
    ///   - line: of the debit, positive.
    public static func debitIsNotRefund(
        _ refund: String,
        state: RefundState,
        amount: Money,
        account: String,
        line: Money
    ) -> Reason {
        Reason(
            .debitIsNotRefund,
            [
                .refund: .text(refund), .refundState: .text(state.rawValue), .amount: .money(amount),
                .account: .text(account), .line: .money(line),
            ]
        )
    }

    public static func splitNeedsParts(_ id: Int64) -> Reason { Reason(.splitNeedsParts, [.caseID: .count(id)]) }

    public static func splitRepeats(_ reference: String) -> Reason {
        Reason(.splitRepeats, [.reference: .text(reference)])
    }

    /// - Parameter name: the name as given by the caller.
    public static func requestUnknown(_ name: String) -> Reason {
        Reason(.requestUnknown, [.target: .text(String(name.prefix(60)))])
    }

    public static func requestTakesNothing(_ reference: String, state: PaymentRequestState) -> Reason {
        Reason(.requestTakesNothing, [.reference: .text(reference), .state: .text(state.rawValue)])
    }

    /// - Parameters:
    ///   - collectsOn: the account of the request.
    ///   - liesOn: the account whose suspense account holds the money.
    public static func requestOnOtherAccount(
        _ reference: String,
        collectsOn account: String,
        liesOn other: String
    ) -> Reason {
        Reason(
            .requestOnOtherAccount,
            [.reference: .text(reference), .account: .text(account), .otherAccount: .text(other)]
        )
    }

    public static func requestWaitsForLess(_ reference: String, remaining: Money, amount: Money) -> Reason {
        Reason(
            .requestWaitsForLess,
            [.reference: .text(reference), .remaining: .money(remaining), .amount: .money(amount)]
        )
    }

    public static func lineCountedSince(_ id: Int64, _ amount: Money) -> Reason {
        Reason(.lineCountedSince, [.caseID: .count(id), .amount: .money(amount)])
    }

    public static func nothingProposed(_ id: Int64) -> Reason { Reason(.nothingProposed, [.caseID: .count(id)]) }

    /// - Parameter actor: who proposed it.
    public static func otherProposalWaits(_ id: Int64, action: CaseAction, actor: String) -> Reason {
        Reason(
            .otherProposalWaits,
            [.caseID: .count(id), .action: .text(action.rawValue), .actor: .text(actor)]
        )
    }

    /// - Parameter actor: who proposed what waits.
    public static func proposalWaits(_ id: Int64, action: CaseAction, actor: String) -> Reason {
        Reason(.proposalWaits, [.caseID: .count(id), .action: .text(action.rawValue), .actor: .text(actor)])
    }

    /// - Parameter amount: what would go back.
    public static func caseRefundNeedsApprover(_ id: Int64, amount: Money) -> Reason {
        Reason(.caseRefundNeedsApprover, [.caseID: .count(id), .amount: .money(amount)])
    }

    public static func proposerCannotApprove(_ id: Int64, action: CaseAction) -> Reason {
        Reason(.proposerCannotApprove, [.caseID: .count(id), .action: .text(action.rawValue)])
    }

    public static func proposalOutdated(_ id: Int64, action: CaseAction) -> Reason {
        Reason(.proposalOutdated, [.caseID: .count(id), .action: .text(action.rawValue)])
    }
}
