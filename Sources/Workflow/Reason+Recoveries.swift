public import Values

/// Recoveries that wait for another person, and why they are not confirmed.
extension Reason {
    /// - Parameter total: the sum of the waiting lines.
    public static func recoveriesAwait(statement: Int64, lines: Int, total: Money) -> Reason {
        Reason(
            .recoveriesAwait,
            [.statementID: .count(statement), .lines: .count(Int64(lines)), .total: .money(total)]
        )
    }

    /// - Parameter day: the last day of the lines that wait.
    public static func dayAwaitsConfirmation(_ day: Day, account: String, lines: Int, total: Money) -> Reason {
        Reason(
            .dayAwaitsConfirmation,
            [.day: .day(day), .account: .text(account), .lines: .count(Int64(lines)), .total: .money(total)]
        )
    }

    public static func nothingToConfirm(statement: Int64) -> Reason {
        Reason(.nothingToConfirm, [.statementID: .count(statement)])
    }

    /// - Parameters:
    ///   - lines: how many lines wait.
    ///   - expected: how many the person has seen.
    public static func otherNumberAwaits(statement: Int64, lines: Int, expected: Int) -> Reason {
        Reason(
            .otherNumberAwaits,
            [.statementID: .count(statement), .lines: .count(Int64(lines)), .count: .count(Int64(expected))]
        )
    }

    public static func importerCannotConfirm(statement: Int64) -> Reason {
        Reason(.importerCannotConfirm, [.statementID: .count(statement)])
    }

    /// - Parameter line: its number in the file or its id, as given by the caller.
    public static func lineDoesNotAwait(_ line: Int64, statement: Int64) -> Reason {
        Reason(.lineDoesNotAwait, [.lineID: .count(line), .statementID: .count(statement)])
    }
}
