public import Values

/// What became of a line.
extension Reason {
    public static func lineMatchesNotice(transaction: String, amount: Money) -> Reason {
        Reason(.lineMatchesNotice, [.transaction: .text(transaction), .amount: .money(amount)])
    }

    /// - Parameter slip: the number on the slip, as the cashier entered it.
    public static func lineShowsSlip(_ slip: String, amount: Money) -> Reason {
        Reason(.lineShowsSlip, [.transaction: .text(slip), .amount: .money(amount)])
    }

    public static func lineShowsCounterPayment(amount: Money) -> Reason {
        Reason(.lineShowsCounterPayment, [.amount: .money(amount)])
    }

    public static func lineMatchesReference(_ reference: String, amount: Money) -> Reason {
        Reason(.lineMatchesReference, [.reference: .text(reference), .amount: .money(amount)])
    }

    public static func lineRepeated(transaction: String, amount: Money) -> Reason {
        Reason(.lineRepeated, [.transaction: .text(transaction), .amount: .money(amount)])
    }

    public static func lineAmountDiffers(line: Money, notice: Money) -> Reason {
        let difference = line - notice
        return Reason(
            .lineAmountDiffers,
            [
                .line: .money(line), .notice: .money(notice),
                .difference: .money(difference < .zero ? -difference : difference),
            ]
        )
    }

    public static func noticeHasAnotherLine(transaction: String, amount: Money) -> Reason {
        Reason(.noticeHasAnotherLine, [.transaction: .text(transaction), .amount: .money(amount)])
    }

    public static func linePaysRequest(_ reference: String, amount: Money) -> Reason {
        Reason(.linePaysRequest, [.reference: .text(reference), .amount: .money(amount)])
    }

    public static func linePaysSeveralRequests(_ requests: Int, amount: Money) -> Reason {
        Reason(.linePaysSeveralRequests, [.requests: .count(Int64(requests)), .amount: .money(amount)])
    }

    /// - Parameter requests: how many requests of the basket it pays.
    public static func linePaysBasket(_ reference: String, requests: Int, amount: Money) -> Reason {
        Reason(
            .linePaysBasket,
            [.reference: .text(reference), .requests: .count(Int64(requests)), .amount: .money(amount)]
        )
    }

    public static func linesPayTogether(_ reference: String, lines: Int, total: Money) -> Reason {
        Reason(.linesPayTogether, [.reference: .text(reference), .lines: .count(Int64(lines)), .total: .money(total)])
    }

    public static func lineAwaitsConfirmation(_ reference: String, amount: Money) -> Reason {
        Reason(.lineAwaitsConfirmation, [.reference: .text(reference), .amount: .money(amount)])
    }

    /// - Parameters:
    ///   - actor: the person who turned it down.
    ///   - why: in their words.
    public static func recoveryNotConfirmed(
        _ reference: String,
        amount: Money,
        by actor: String,
        why: String
    ) -> Reason {
        Reason(
            .recoveryNotConfirmed,
            [.reference: .text(reference), .amount: .money(amount), .actor: .text(actor), .note: .text(why)]
        )
    }

    /// - Parameters:
    ///   - count: the payments that the gateway paid out.
    ///   - total: their sum; the gateway fee is this sum minus the line's amount.
    public static func linePaysOut(count: Int, day: Day, total: Money, gatewayFee: Money) -> Reason {
        Reason(
            .linePaysOut,
            [.count: .count(Int64(count)), .day: .day(day), .total: .money(total), .gatewayFee: .money(gatewayFee)]
        )
    }

    public static func lineRepeatsPayment(_ reference: String, amount: Money) -> Reason {
        Reason(.lineRepeatsPayment, [.reference: .text(reference), .amount: .money(amount)])
    }

    public static func lineAmountUnexpected(_ reference: String, line: Money, remaining: Money) -> Reason {
        Reason(
            .lineAmountUnexpected,
            [.reference: .text(reference), .line: .money(line), .remaining: .money(remaining)]
        )
    }

    public static func lineRequestClosed(_ reference: String, state: String, amount: Money) -> Reason {
        Reason(.lineRequestClosed, [.reference: .text(reference), .state: .text(state), .amount: .money(amount)])
    }

    public static func lineOfOtherAccount(_ reference: String, collectsOn account: String, amount: Money) -> Reason {
        Reason(.lineOfOtherAccount, [.reference: .text(reference), .account: .text(account), .amount: .money(amount)])
    }

    public static func lineWithoutReference(amount: Money) -> Reason {
        Reason(.lineWithoutReference, [.amount: .money(amount)])
    }

    /// - Parameter amount: what left the account, positive.
    public static func debitUnexplained(amount: Money) -> Reason {
        Reason(.debitUnexplained, [.amount: .money(amount)])
    }

    public static func refundNamedByLine(_ refund: String, amount: Money) -> Reason {
        Reason(.refundNamedByLine, [.refund: .text(refund), .amount: .money(amount)])
    }

    public static func refundFoundByBeneficiary(_ refund: String, amount: Money) -> Reason {
        Reason(.refundFoundByBeneficiary, [.refund: .text(refund), .amount: .money(amount)])
    }
}
