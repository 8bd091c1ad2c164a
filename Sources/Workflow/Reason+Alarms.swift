public import Values

/// What looks like money being taken.
extension Reason {
    public static func manySmallRefunds(_ count: Int64, by person: String, total: Money, day: Day) -> Reason {
        Reason(
            .manySmallRefunds,
            [.count: .count(count), .actor: .text(person), .total: .money(total), .day: .day(day)]
        )
    }

    /// - Parameter payments: how many payments the refunds are of.
    public static func oneBeneficiary(_ account: String, payments: Int64, total: Money, days: Int64) -> Reason {
        Reason(
            .oneBeneficiary,
            [.account: .text(account), .count: .count(payments), .total: .money(total), .days: .count(days)]
        )
    }

    public static func changedBeneficiary(_ refund: String, from: String, to: String, amount: Money) -> Reason {
        Reason(
            .changedBeneficiary,
            [.refund: .text(refund), .otherAccount: .text(from), .account: .text(to), .amount: .money(amount)]
        )
    }

    public static func manyFreeRequests(_ count: Int64, by cashier: String, day: Day) -> Reason {
        Reason(.manyFreeRequests, [.requests: .count(count), .actor: .text(cashier), .day: .day(day)])
    }

    /// - Parameter matched: how many lines a callback had told of.
    public static func recoveriesWithoutCallback(
        _ account: String,
        _ recovered: Int64,
        of matched: Int64,
        day: Day
    ) -> Reason {
        Reason(
            .recoveriesWithoutCallback,
            [.account: .text(account), .lines: .count(recovered), .count: .count(matched), .day: .day(day)]
        )
    }

    public static func breakGlassLogins(_ count: Int64, by person: String, day: Day) -> Reason {
        Reason(.breakGlassLogins, [.count: .count(count), .actor: .text(person), .day: .day(day)])
    }

    public static func nightLogins(_ count: Int64, by person: String, day: Day) -> Reason {
        Reason(.nightLogins, [.count: .count(count), .actor: .text(person), .day: .day(day)])
    }

    /// - Parameter person: who raised it.
    public static func limitRaised(role: String, by person: String, day: Day) -> Reason {
        Reason(.limitRaised, [.name: .text(role), .actor: .text(person), .day: .day(day)])
    }

    /// - Parameter due: how many callbacks were due since the last one.
    public static func connectionSilent(_ name: String, _ account: String, due: Int64, since: Instant) -> Reason {
        Reason(
            .connectionSilent,
            [.name: .text(name), .account: .text(account), .count: .count(due), .at: .instant(since)]
        )
    }
}
