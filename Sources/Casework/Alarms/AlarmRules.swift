public import Values
import Workflow

/// When a day's figures are an alarm.
public enum AlarmRules {
    /// A refund of at most this is small.
    public static let smallRefund = Money(200_000)
    /// So many small refunds that one person asks for in a day.
    public static let smallRefunds: Int64 = 10
    /// So many payments refunded to one account.
    public static let sourcesOfOnePayee: Int64 = 3
    /// Refunds to one account are counted over so many days.
    public static let payeeDays: Int64 = 30
    /// So many requests without a fee that one cashier makes in a day.
    public static let freeRequests: Int64 = 10
    /// So many recoveries in a day, where they are also at least a half of what the callbacks told of.
    public static let recoveries: Int64 = 10

    /// The alarms of a day, in the order of the facts.
    public static func judge(_ facts: AlarmFacts) -> [Alarm] {
        let day = facts.day
        let small = facts.smallRefunds.filter { $0.count >= smallRefunds }.map { one in
            Alarm(
                kind: .smallRefunds,
                subject: "\(one.person) \(day)",
                account: nil,
                amount: one.total,
                reason: .manySmallRefunds(one.count, by: one.name, total: one.total, day: day)
            )
        }
        let payees = facts.payees.filter { $0.sources >= sourcesOfOnePayee }.map { one in
            Alarm(
                kind: .oneBeneficiary,
                subject: "\(one.account) \(day)",
                account: nil,
                amount: one.total,
                reason: .oneBeneficiary(one.account, payments: one.sources, total: one.total, days: payeeDays)
            )
        }
        let changed = facts.changedPayees.filter { $0.before != $0.after }.map { one in
            Alarm(
                kind: .changedBeneficiary,
                subject: one.refund,
                account: nil,
                amount: one.amount,
                reason: .changedBeneficiary(one.refund, from: one.before, to: one.after, amount: one.amount)
            )
        }
        let free = facts.freeRequests.filter { $0.count >= freeRequests }.map { one in
            Alarm(
                kind: .freeRequests,
                subject: "\(one.cashier) \(day)",
                account: nil,
                amount: .zero,
                reason: .manyFreeRequests(one.count, by: one.name, day: day)
            )
        }
        let recovered = facts.recoveries.filter { $0.recovered >= recoveries && $0.recovered * 2 >= $0.matched }
            .map { one in
                Alarm(
                    kind: .recoveries,
                    subject: "\(one.account) \(day)",
                    account: one.account,
                    amount: .zero,
                    reason: .recoveriesWithoutCallback(one.account, one.recovered, of: one.matched, day: day)
                )
            }
        return small + payees + changed + free + recovered + logins(facts) + raised(facts) + silent(facts)
            + overdue(facts)
    }

    /// Each agency's lateness once, however long it lasts.
    private static func overdue(_ facts: AlarmFacts) -> [Alarm] {
        facts.overdueRemittances.filter { $0.amount > .zero }.map { one in
            Alarm(
                kind: .overdueRemittance,
                subject: "\(one.agency) \(one.since)",
                account: nil,
                agency: one.agency,
                amount: one.amount,
                reason: .remittanceOverdue(one.agency, amount: one.amount, at: one.since)
            )
        }
    }

    /// Each silence once, however long it lasts.
    private static func silent(_ facts: AlarmFacts) -> [Alarm] {
        facts.silentConnections.map { one in
            Alarm(
                kind: .silentConnection,
                subject: "\(one.name) \(one.since)",
                account: one.account,
                amount: .zero,
                reason: .connectionSilent(one.name, one.account, due: one.due, since: one.since)
            )
        }
    }

    /// Each is one too many.
    private static func logins(_ facts: AlarmFacts) -> [Alarm] {
        let day = facts.day
        func alarm(_ kind: Alarm.Kind, _ one: AlarmFacts.Logins, _ reason: Reason) -> Alarm {
            Alarm(kind: kind, subject: "\(one.person) \(day)", account: nil, amount: .zero, reason: reason)
        }
        return facts.breakGlass.map { alarm(.breakGlass, $0, .breakGlassLogins($0.count, by: $0.name, day: day)) }
            + facts.nightLogins.map { alarm(.nightLogins, $0, .nightLogins($0.count, by: $0.name, day: day)) }
    }

    private static func raised(_ facts: AlarmFacts) -> [Alarm] {
        facts.raisedLimits.map { one in
            Alarm(
                kind: .raisedLimit,
                subject: String(one.id),
                account: nil,
                amount: .zero,
                reason: .limitRaised(role: one.role, by: one.name, day: facts.day)
            )
        }
    }
}
