import Casework
import Testing
import Values

/// Which limits count on a day.
@Suite struct LimitRulesTests {
    private static let today = Day(daysSinceEpoch: 20_787)

    private func set(_ refund: Int64?, in place: String? = nil, ago: Int) -> LimitSetting {
        LimitSetting(
            localityCode: place,
            limit: ApprovalLimit(refund: refund.map { Money($0) }, day: nil),
            setOn: Self.today.adding(days: -ago)
        )
    }

    private func inForce(_ settings: [LimitSetting], _ chain: [String] = ["c", "p"]) -> Int64? {
        LimitRules.inForce(settings, chain: chain, on: Self.today).refund?.dong
    }

    @Test func `the latest of the nearest place counts`() {
        #expect(inForce([]) == nil)
        #expect(inForce([set(10, ago: 5), set(20, ago: 3)]) == 20)
        #expect(inForce([set(10, ago: 5), set(30, in: "p", ago: 9)]) == 30)
        #expect(inForce([set(40, in: "c", ago: 9), set(30, in: "p", ago: 1), set(10, ago: 1)]) == 40)
        #expect(inForce([set(5, in: "x", ago: 1), set(10, ago: 5)]) == 10)
        #expect(inForce([set(5, in: "p", ago: 1), set(10, ago: 5)], []) == 10)
        // None is a limit that was lifted.
        #expect(inForce([set(10, ago: 5), set(nil, ago: 1)]) == nil)
    }

    @Test func `what is set today lowers and does not raise`() {
        #expect(inForce([set(10, ago: 1), set(20, ago: 0)]) == 10)
        #expect(inForce([set(10, ago: 1), set(nil, ago: 0)]) == 10)
        #expect(inForce([set(10, ago: 1), set(5, ago: 0), set(20, ago: 0)]) == 5)
        #expect(inForce([set(7, ago: 0)]) == 7)
        // A limit of its own for a place does not lift that of the province today.
        #expect(inForce([set(10, ago: 1), set(50, in: "c", ago: 0)]) == 10)
        let tomorrow = LimitRules.inForce(
            [set(10, ago: 1), set(50, in: "c", ago: 0)],
            chain: ["c"],
            on: Self.today.next
        )
        #expect(tomorrow.refund == Money(50))
    }

    @Test func `a raise is told from a lowering`() {
        func isRaise(_ refund: Int64?, _ settings: [LimitSetting], chain: [String] = []) -> Bool {
            let limit = ApprovalLimit(refund: refund.map { Money($0) }, day: nil)
            return LimitRules.isRaise(limit, settings, chain: chain, today: Self.today)
        }
        #expect(!isRaise(10, []) && !isRaise(nil, []))
        #expect(isRaise(11, [set(10, ago: 1)]) && isRaise(nil, [set(10, ago: 1)]) && !isRaise(9, [set(10, ago: 1)]))
        #expect(isRaise(50, [set(10, ago: 1)], chain: ["c"]) && !isRaise(10, [set(10, ago: 1)], chain: ["c"]))
        // What was lowered today is raised again.
        #expect(isRaise(10, [set(10, ago: 1), set(5, ago: 0)]))
    }
}
