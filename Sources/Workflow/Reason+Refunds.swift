public import Values

/// What a refund takes, and why it may not.
extension Reason {
    /// - Parameters:
    ///   - suspense: the part that comes from the suspense account.
    ///   - fee: the part that was received for the fee.
    public static func moneyGoesBack(amount: Money, suspense: Money, fee: Money) -> Reason {
        Reason(.moneyGoesBack, [.amount: .money(amount), .suspense: .money(suspense), .fee: .money(fee)])
    }

    public static func refundExceeds(amount: Money, available: Money) -> Reason {
        Reason(.refundExceeds, [.amount: .money(amount), .remaining: .money(available)])
    }

    public static func nothingToRefund(_ reference: String) -> Reason {
        Reason(.nothingToRefund, [.reference: .text(reference)])
    }

    public static func caseHoldsNothingToRefund(_ id: Int64) -> Reason {
        Reason(.caseHoldsNothingToRefund, [.caseID: .count(id)])
    }

    public static func requestMayStillBePaid(_ reference: String, until: Instant) -> Reason {
        Reason(.requestMayStillBePaid, [.reference: .text(reference), .expiresAt: .instant(until)])
    }

    public static func requestHoldsMoney(_ reference: String, received: Money) -> Reason {
        Reason(.requestHoldsMoney, [.reference: .text(reference), .received: .money(received)])
    }

    /// - Parameter codes: the fees' codes, separated by commas.
    public static func feeRefundableIfNotEligible(_ codes: String) -> Reason {
        Reason(.feeRefundableIfNotEligible, [.name: .text(codes)])
    }

    public static func refundPaidAgain(_ refund: String, reference: String) -> Reason {
        Reason(.refundPaidAgain, [.refund: .text(refund), .reference: .text(reference)])
    }

    public static func feeNeverRefunded(_ code: String) -> Reason { Reason(.feeNeverRefunded, [.name: .text(code)]) }
}

/// Where a refund goes, and who does what with it.
extension Reason {
    public static func payeeMissing(amount: Money) -> Reason { Reason(.payeeMissing, [.amount: .money(amount)]) }

    public static func payeeBankUnknown(_ bin: String) -> Reason { Reason(.payeeBankUnknown, [.target: .text(bin)]) }

    public static func payeeAccountMalformed(_ account: String) -> Reason {
        Reason(.payeeAccountMalformed, [.account: .text(account)])
    }

    public static func payeeNameMissing(account: String) -> Reason {
        Reason(.payeeNameMissing, [.account: .text(account)])
    }

    public static func approvalNamesNoPayee(_ refund: String) -> Reason {
        Reason(.approvalNamesNoPayee, [.refund: .text(refund)])
    }

    public static func requesterCannotApprove(_ refund: String) -> Reason {
        Reason(.requesterCannotApprove, [.refund: .text(refund)])
    }

    public static func refundWithoutPayee(_ refund: String, amount: Money) -> Reason {
        Reason(.refundWithoutPayee, [.refund: .text(refund), .amount: .money(amount)])
    }

    public static func refundPaidByHand(_ refund: String, amount: Money) -> Reason {
        Reason(.refundPaidByHand, [.refund: .text(refund), .amount: .money(amount)])
    }

    /// - Parameter actor: who approved it first.
    public static func refundNeedsThirdPerson(_ refund: String, amount: Money, approvedBy actor: String) -> Reason {
        Reason(
            .refundNeedsThirdPerson,
            [.refund: .text(refund), .amount: .money(amount), .actor: .text(actor)]
        )
    }

    public static func refundNeedsRequester(_ refund: String, amount: Money) -> Reason {
        Reason(.refundNeedsRequester, [.refund: .text(refund), .amount: .money(amount)])
    }

    /// - Parameter actor: who asked for it.
    public static func refundHasRequester(_ refund: String, actor: String) -> Reason {
        Reason(.refundHasRequester, [.refund: .text(refund), .actor: .text(actor)])
    }

    public static func approvedAlready(_ refund: String) -> Reason {
        Reason(.approvedAlready, [.refund: .text(refund)])
    }

    /// - Parameter actor: whom the person stands in for.
    public static func standInCannotDecide(actor: String) -> Reason {
        Reason(.standInCannotDecide, [.actor: .text(actor)])
    }

    public static func approverCannotTakeFile(_ refund: String, amount: Money) -> Reason {
        Reason(.approverCannotTakeFile, [.refund: .text(refund), .amount: .money(amount)])
    }
}
