import Casework
import Testing
import Values
import Workflow

@Suite struct AlarmRulesTests {
    private static let day = Day("2026-11-20")!

    private static func alarms(_ set: (inout AlarmFacts) -> Void) -> [Alarm] {
        var facts = AlarmFacts(day: day)
        set(&facts)
        return AlarmRules.judge(facts)
    }

    @Test func `a day like any other raises no alarm`() {
        let alarms = Self.alarms {
            $0.smallRefunds = [.init(person: "p", name: "Hoa", count: 9, total: Money(900_000))]
            $0.payees = [.init(account: "0011", sources: 2, total: Money(9_000_000))]
            $0.changedPayees = [.init(refund: "R", before: "1", after: "1", amount: Money(1))]
            $0.freeRequests = [.init(cashier: "k", name: "Quầy 3", count: 9)]
            $0.recoveries = [
                .init(account: "a", recovered: 9, matched: 0), .init(account: "b", recovered: 100, matched: 201),
            ]
        }
        #expect(alarms == [])
    }

    @Test func `each figure that is reached raises its own alarm, with its numbers`() {
        let alarms = Self.alarms {
            $0.smallRefunds = [.init(person: "p", name: "Hoa", count: 10, total: Money(900_000))]
            $0.payees = [.init(account: "0011", sources: 3, total: Money(9_000_000))]
            $0.changedPayees = [.init(refund: "R", before: "1", after: "2", amount: Money(5))]
            $0.freeRequests = [.init(cashier: "k", name: "Quầy 3", count: 10)]
            $0.recoveries = [.init(account: "a", recovered: 10, matched: 20)]
            $0.breakGlass = [.init(person: "p", name: "Lan", count: 1)]
            $0.nightLogins = [.init(person: "p", name: "Lan", count: 2)]
            $0.raisedLimits = [.init(id: 7, role: "approver", name: "root")]
            $0.silentConnections = [.init(name: "vcb", account: "a", since: Self.day.start, due: 14)]
            $0.overdueRemittances = [.init(agency: "H44.01", amount: Money(70), since: Self.day.start)]
        }
        #expect(alarms.map(\.kind) == Alarm.Kind.allCases)
        #expect(
            alarms.map(\.reason) == [
                .manySmallRefunds(10, by: "Hoa", total: Money(900_000), day: Self.day),
                .oneBeneficiary("0011", payments: 3, total: Money(9_000_000), days: 30),
                .changedBeneficiary("R", from: "1", to: "2", amount: Money(5)),
                .manyFreeRequests(10, by: "Quầy 3", day: Self.day),
                .recoveriesWithoutCallback("a", 10, of: 20, day: Self.day),
                .breakGlassLogins(1, by: "Lan", day: Self.day), .nightLogins(2, by: "Lan", day: Self.day),
                .limitRaised(role: "approver", by: "root", day: Self.day),
                .connectionSilent("vcb", "a", due: 14, since: Self.day.start),
                .remittanceOverdue("H44.01", amount: Money(70), at: Self.day.start),
            ]
        )
        #expect(
            alarms.map(\.amount) == [Money(900_000), Money(9_000_000), Money(5)] + Array(repeating: .zero, count: 6)
                + [Money(70)]
        )
        // Of one person's logins there are two kinds.
        #expect(Set(alarms.map { "\($0.kind) \($0.subject)" }).count == 10)
    }

    @Test func `what is about a day is another alarm on another day, a refund is the same one`() {
        func subjects(_ day: String) -> [String] {
            var facts = AlarmFacts(day: Day(day)!)
            facts.freeRequests = [.init(cashier: "k", name: "Quầy 3", count: 10)]
            facts.changedPayees = [.init(refund: "R", before: "1", after: "2", amount: Money(5))]
            return AlarmRules.judge(facts).map(\.subject)
        }
        let (first, second) = (subjects("2026-11-20"), subjects("2026-11-21"))
        #expect(first[0] == second[0] && first[1] != second[1])
    }
}
