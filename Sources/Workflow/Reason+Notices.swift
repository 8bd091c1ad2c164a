public import Values

/// What became of a notice.
extension Reason {
    public static func paidInFull(_ reference: String, amount: Money, due: Money) -> Reason {
        Reason(.paidInFull, [.reference: .text(reference), .amount: .money(amount), .due: .money(due)])
    }

    public static func paidInPart(_ reference: String, amount: Money, remaining: Money) -> Reason {
        Reason(.paidInPart, [.reference: .text(reference), .amount: .money(amount), .remaining: .money(remaining)])
    }

    /// - Parameter expected: what remained to be paid before the money arrived.
    public static func paidWithExcess(_ reference: String, amount: Money, expected: Money) -> Reason {
        Reason(
            .paidWithExcess,
            [
                .reference: .text(reference), .amount: .money(amount), .expected: .money(expected),
                .excess: .money(amount - expected),
            ]
        )
    }

    public static func paidAlready(_ reference: String, amount: Money) -> Reason {
        Reason(.paidAlready, [.reference: .text(reference), .amount: .money(amount)])
    }

    /// - Parameter requests: how many requests of the basket the money paid.
    public static func basketPaid(_ reference: String, amount: Money, requests: Int) -> Reason {
        Reason(
            .basketPaid,
            [.reference: .text(reference), .amount: .money(amount), .requests: .count(Int64(requests))]
        )
    }

    /// - Parameters:
    ///   - requests: how many requests of the basket the money paid, the last one perhaps in part.
    ///   - remaining: what remains of the basket.
    public static func basketPaidInPart(_ reference: String, amount: Money, requests: Int, remaining: Money) -> Reason {
        Reason(
            .basketPaidInPart,
            [
                .reference: .text(reference), .amount: .money(amount), .requests: .count(Int64(requests)),
                .remaining: .money(remaining),
            ]
        )
    }

    /// - Parameter requests: how many requests of the basket the money paid.
    public static func basketPaidWithExcess(_ reference: String, amount: Money, requests: Int, excess: Money) -> Reason
    {
        Reason(
            .basketPaidWithExcess,
            [
                .reference: .text(reference), .amount: .money(amount), .requests: .count(Int64(requests)),
                .excess: .money(excess),
            ]
        )
    }

    public static func requestCancelled(_ reference: String, amount: Money) -> Reason {
        Reason(.requestCancelled, [.reference: .text(reference), .amount: .money(amount)])
    }

    /// - Parameter renewal: the request that was made in the place of this one, or whose place it took, and is paid.
    public static func paidByRenewal(_ reference: String, renewal: String, amount: Money) -> Reason {
        Reason(
            .paidByRenewal,
            [.reference: .text(reference), .renewal: .text(renewal), .amount: .money(amount)]
        )
    }

    public static func expiredBeyondGrace(_ reference: String, amount: Money, expiresAt: Instant, at: Instant) -> Reason
    {
        Reason(
            .expiredBeyondGrace,
            [
                .reference: .text(reference), .amount: .money(amount), .expiresAt: .instant(expiresAt),
                .at: .instant(at),
            ]
        )
    }

    public static func priceChanged(_ reference: String, amount: Money, expiresAt: Instant) -> Reason {
        Reason(
            .priceChanged,
            [.reference: .text(reference), .amount: .money(amount), .expiresAt: .instant(expiresAt)]
        )
    }

    public static func referenceMissing(amount: Money) -> Reason {
        Reason(.referenceMissing, [.amount: .money(amount)])
    }

    /// - Parameters:
    ///   - collectsOn: the account of the request.
    ///   - arrivedOn: the account that received the money.
    public static func requestOfOtherAccount(
        _ reference: String,
        amount: Money,
        collectsOn account: String,
        arrivedOn other: String
    ) -> Reason {
        Reason(
            .requestOfOtherAccount,
            [
                .reference: .text(reference), .amount: .money(amount), .account: .text(account),
                .otherAccount: .text(other),
            ]
        )
    }

    public static func noticeRepeated(transaction: String) -> Reason {
        Reason(.noticeRepeated, [.transaction: .text(transaction)])
    }

    public static func noticeConflicts(transaction: String) -> Reason {
        Reason(.noticeConflicts, [.transaction: .text(transaction)])
    }

    /// - Parameters:
    ///   - first: the account for which the transaction was reported first.
    ///   - account: the account for which it is reported now.
    public static func noticeOfOtherAccount(transaction: String, first: String, now account: String) -> Reason {
        Reason(
            .noticeOfOtherAccount,
            [.transaction: .text(transaction), .account: .text(first), .otherAccount: .text(account)]
        )
    }

    public static func noticeIsNotCredit(transaction: String) -> Reason {
        Reason(.noticeIsNotCredit, [.transaction: .text(transaction)])
    }

    public static func transferCounted(transaction: String) -> Reason {
        Reason(.transferCounted, [.transaction: .text(transaction)])
    }

    public static func counterPaymentShown(_ reference: String, amount: Money) -> Reason {
        Reason(.counterPaymentShown, [.reference: .text(reference), .amount: .money(amount)])
    }

    public static func recoveryConfirmedByNotice(_ reference: String, amount: Money) -> Reason {
        Reason(.recoveryConfirmedByNotice, [.reference: .text(reference), .amount: .money(amount)])
    }

    public static func paidFromLine(_ line: Int64, _ reference: String, amount: Money) -> Reason {
        Reason(.paidFromLine, [.lineID: .count(line), .reference: .text(reference), .amount: .money(amount)])
    }

    public static func lineDecided(_ line: Int64, amount: Money) -> Reason {
        Reason(.lineDecided, [.lineID: .count(line), .amount: .money(amount)])
    }
}
