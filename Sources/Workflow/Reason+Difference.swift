public import Values

/// Payments missing from statements, gaps between statements, and the items of a day's difference.
extension Reason {
    public static func paymentMissing(transaction: String, amount: Money, day: Day, expectedBy: Day) -> Reason {
        Reason(
            .paymentMissing,
            [
                .transaction: .text(transaction), .amount: .money(amount), .day: .day(day),
                .expectedBy: .day(expectedBy),
            ]
        )
    }

    public static func clearingMissing(channel: String, amount: Money, day: Day, expectedBy: Day) -> Reason {
        Reason(
            .clearingMissing,
            [.channel: .text(channel), .amount: .money(amount), .day: .day(day), .expectedBy: .day(expectedBy)]
        )
    }

    /// - Parameters:
    ///   - found: the statement's opening balance.
    ///   - expected: the balance carried forward from the statements before it.
    public static func statementGap(found: Money, expected: Money) -> Reason {
        Reason(
            .statementGap,
            [.found: .money(found), .expected: .money(expected), .difference: .money(found - expected)]
        )
    }

    public static func shownLater(transaction: String, amount: Money) -> Reason {
        Reason(.shownLater, [.transaction: .text(transaction), .amount: .money(amount)])
    }

    public static func missingAtBank(transaction: String, amount: Money) -> Reason {
        Reason(.missingAtBank, [.transaction: .text(transaction), .amount: .money(amount)])
    }

    public static func awaitingLine(transaction: String, amount: Money) -> Reason {
        Reason(.awaitingLine, [.transaction: .text(transaction), .amount: .money(amount)])
    }

    public static func shownEarlier(transaction: String, amount: Money) -> Reason {
        Reason(.shownEarlier, [.transaction: .text(transaction), .amount: .money(amount)])
    }

    public static func repeatedLine(_ line: Int64, transaction: String, amount: Money) -> Reason {
        Reason(
            .repeatedLine,
            [.lineID: .count(line), .transaction: .text(transaction), .amount: .money(amount)]
        )
    }

    public static func notReconciled(_ line: Int64, amount: Money) -> Reason {
        Reason(.notReconciled, [.lineID: .count(line), .amount: .money(amount)])
    }

    public static func gapInStatements(_ name: String, amount: Money) -> Reason {
        Reason(.gapInStatements, [.name: .text(name), .amount: .money(amount)])
    }

    /// - Parameter day: the day from which the statements state the balance.
    public static func openingNotBooked(_ day: Day, amount: Money) -> Reason {
        Reason(.openingNotBooked, [.day: .day(day), .amount: .money(amount)])
    }

    /// Items of one kind that are not told one by one.
    public static func moreOfTheSame(_ count: Int, total: Money) -> Reason {
        Reason(.moreOfTheSame, [.count: .count(Int64(count)), .total: .money(total)])
    }
}
