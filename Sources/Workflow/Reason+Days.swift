public import Values

/// Why a day is not signed off, and with what it was.
extension Reason {
    public static func dayAhead(_ day: Day, today: Day) -> Reason {
        Reason(.dayAhead, [.day: .day(day), .today: .day(today)])
    }

    public static func daySigned(_ day: Day, by signer: String) -> Reason {
        Reason(.daySigned, [.day: .day(day), .actor: .text(signer)])
    }

    public static func dayNotReconciled(_ day: Day, lines: Int) -> Reason {
        Reason(.dayNotReconciled, [.day: .day(day), .lines: .count(Int64(lines))])
    }

    /// - Parameter difference: what the items leave unexplained.
    public static func dayNotExplained(_ day: Day, difference: Money) -> Reason {
        Reason(.dayNotExplained, [.day: .day(day), .difference: .money(difference)])
    }

    /// - Parameters:
    ///   - items: open items of the day's difference.
    ///   - cases: open cases about the day or an earlier one.
    ///   - lines: lines that wait for another person's confirmation.
    public static func dayHasOpenItems(_ day: Day, items: Int, cases: Int, lines: Int) -> Reason {
        Reason(
            .dayHasOpenItems,
            [
                .day: .day(day), .items: .count(Int64(items)), .cases: .count(Int64(cases)),
                .lines: .count(Int64(lines)),
            ]
        )
    }

    /// - Parameters: as of ``dayHasOpenItems(_:items:cases:lines:)``, and the signer's own words.
    public static func daySignedWithOpenItems(_ day: Day, items: Int, cases: Int, lines: Int, note: String) -> Reason {
        Reason(
            .daySignedWithOpenItems,
            [
                .day: .day(day), .items: .count(Int64(items)), .cases: .count(Int64(cases)),
                .lines: .count(Int64(lines)), .note: .text(note),
            ]
        )
    }

    public static func dayNotSigned(_ day: Day) -> Reason { Reason(.dayNotSigned, [.day: .day(day)]) }

    public static func dayCountersigned(_ day: Day, by signer: String) -> Reason {
        Reason(.dayCountersigned, [.day: .day(day), .actor: .text(signer)])
    }

    public static func dayOwnSignature(_ day: Day) -> Reason { Reason(.dayOwnSignature, [.day: .day(day)]) }

    /// - Parameter changes: how many members of the record are not as they were signed.
    public static func dayChangedSinceSigned(_ day: Day, changes: Int) -> Reason {
        Reason(.dayChangedSinceSigned, [.day: .day(day), .items: .count(Int64(changes))])
    }
}
