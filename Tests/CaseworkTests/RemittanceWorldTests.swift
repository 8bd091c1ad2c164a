import Casework
import FeeSchedule
import Foundation
import TestSupport
import Testing
import Values

/// Random months of collections and orders, under random calendars with holidays, against another program's reading of
/// docs/remittance.md.
@Suite struct RemittanceWorldTests {
    @Test func `what is due, and by when, is as an independent reading says`() async throws {
        let oracle = Oracle("CaseworkTests/Oracle/remittance.py")
        let result = try await oracle.play(Oracle.count(4000)) { tape, number, met in
            try Self.play(&tape, number, &met)
        }
        #expect(result.worlds >= Oracle.count(4000) && result.differing == 0, "\(result.descriptions)")
        for met in ["owed", "over-remitted", "hours", "holiday", "rounded"] {
            #expect(result.met[met, default: 0] > 100, "\(met): \(result.met)")
        }
    }

    private static func key(_ tape: inout Tape) -> (RemittanceKey, RemittanceCode) {
        let (agency, account, treasury, code) = (tape.next(), tape.next(), tape.next(), tape.next())
        return (
            RemittanceKey(
                agencyCode: "A\(agency)",
                accountNumber: "N\(account)",
                treasuryAccount: treasury == 0 ? .waiting : .revenue,
                budgetYear: 2026
            ), RemittanceCode(chapter: "860", budgetCode: "27\(code)")
        )
    }

    private static func play(_ tape: inout Tape, _ number: Int, _ met: inout [String: Int]) throws -> String? {
        let calendars: [RemittanceCalendar] = [.weeklyThursday, .weeklyMonday, .monthly, .workingHours]
        let holidays = Set(tape.list { Day(daysSinceEpoch: Int32($0.next())) })
        let working = WorkingDays(holidays: holidays, weekend: Set(tape.list { $0.next() }))
        let parts = tape.list { tape in
            let (key, code) = key(&tape)
            let (rate, amount, calendar) = (tape.next(), tape.next(), calendars[tape.next()])
            let (day, hour) = (Day(daysSinceEpoch: Int32(tape.next())), tape.next())
            if calendar == .workingHours { met["hours", default: 0] += 1 }
            if holidays.contains(day) { met["holiday", default: 0] += 1 }
            return CollectedPart(
                key: key,
                code: code,
                name: "Lệ phí",
                collected: Money(Int64(amount)),
                retainedRate: Int64(rate),
                deadline: RemittanceDeadline.of(calendar, day: day, hour: hour, working)
            )
        }
        var ordered: [RemittanceKey: [RemittanceCode: Money]] = [:]
        _ = tape.list { tape in
            let (key, code) = key(&tape)
            ordered[key, default: [:]][code] = Money(Int64(tape.next()))
        }
        let items = RemittanceRules.due(parts.shuffled(), ordered: ordered)
        var differences: [String] = []
        let expected = tape.list { Self.expected(&$0) }
        if expected.count != items.count { differences.append("\(items.count) items, not \(expected.count)") }
        for (item, right) in zip(items, expected) {
            if item.due < .zero { met["over-remitted", default: 0] += 1 }
            if !item.parts.isEmpty { met["owed", default: 0] += 1 }
            if item.retained > .zero { met["rounded", default: 0] += 1 }
            differences += right.differences(from: item)
        }
        return differences.isEmpty ? nil : "world \(number): \(differences.prefix(3))"
    }

    private struct Expected {
        let key: RemittanceKey
        let code: RemittanceCode
        let sums: [Int64]
        let parts: [[Int64]]

        func differences(from item: RemittanceItem) -> [String] {
            let found = [item.collected, item.retained, item.ordered, item.due].map(\.dong)
            let open = item.parts.map { [$0.deadline.unixSeconds, $0.amount.dong] }
            let isSame = item.key == key && item.code == code && found == sums && open == parts
            return isSame ? [] : ["\(item) is not \(self)"]
        }
    }

    private static func expected(_ tape: inout Tape) -> Expected {
        let (key, code) = key(&tape)
        let sums = (0..<4).map { _ in Int64(tape.next()) }
        let parts = tape.list { [Int64($0.next()), Int64($0.next())] }
        return Expected(key: key, code: code, sums: sums, parts: parts)
    }
}
