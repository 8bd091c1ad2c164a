import Foundation
import PureSupport
import Testing
import Values
import Workflow

@testable import Matching

/// Lines that have the number on a slip in their memo.
@Suite struct SlipsTests {
    private static let day = Day(year: 2026, month: 11, day: 21)!

    private static func facts() -> MatchingFacts {
        MatchingFacts(accountNumber: "A", through: day, calendar: BankCalendarDays())
    }

    private static func line(_ id: Int64, _ amount: Int64, _ memo: String) -> Line {
        Line(id: id, transactionID: "FT\(id)", amount: Money(amount), bookedAt: day.lastSecond, memo: memo)
    }

    private static func entry(_ id: Int64, _ slip: String, _ amount: Int64) -> OpenNotice {
        OpenNotice(id: id, connectionID: nil, bankReference: slip, amount: Money(amount), day: day, requestID: nil)
    }

    @Test(arguments: [
        ("NOP TIEN MAT GNT-77 TRAN MAI", true), ("nop tien gnt 77", true), ("NOP TIEN GNT77.", true),
        ("NOP TIEN GNT-771", false), ("NOP TIEN AGNT-77", false), ("NOP TIEN 77", false), ("", false),
    ])
    func `a slip's number is found as a whole word`(_ memo: String, _ isFound: Bool) {
        let run = OneRun(
            lines: [Self.line(1, 20_000, memo)],
            notices: [Self.entry(1, "GNT-77", 20_000)],
            facts: Self.facts()
        )
        #expect(run.decisions[1]?.noticeID == (isFound ? 1 : nil))
        #expect((run.decisions[1]?.reason.code == .lineShowsSlip) == isFound && run.violations.isEmpty)
    }

    @Test func `another amount, two lines, two entries or a number that says too little fit nothing`() {
        func decide(_ lines: [Line], _ notices: [OpenNotice]) -> Int {
            OneRun(lines: lines, notices: notices, facts: Self.facts()).decisions.values.filter { $0.noticeID != nil }
                .count
        }
        #expect(decide([Self.line(1, 19_999, "GNT-77")], [Self.entry(1, "GNT-77", 20_000)]) == 0)
        let twice = [Self.line(1, 20_000, "GNT-77"), Self.line(2, 20_000, "GNT-77 lan 2")]
        #expect(decide(twice, [Self.entry(1, "GNT-77", 20_000)]) == 0)
        let both = [Self.entry(1, "GNT-77", 20_000), Self.entry(2, "GNT-78", 20_000)]
        #expect(decide([Self.line(1, 20_000, "GNT-77 GNT-78")], both) == 0)
        #expect(decide([Self.line(1, 20_000, "123")], [Self.entry(1, "123", 20_000)]) == 0)
        #expect(decide([Self.line(1, 20_000, "counter 1")], [Self.entry(1, "counter:1", 20_000)]) == 0)
    }

    /// Random memos and slips, read by regular expressions over the memo as it is: what an entry and a line that fit only
    /// each other are is the same, also when the lines are judged in parts.
    @Test func `an independent reading finds the same`() throws {
        var random = Seeded("slips")
        let slips = ["GNT-77", "GNT 78", "POS/0001", "0001", "77", "AB-12-C3", "9912345678"]
        let words = [
            "NOP", "TIEN", "GNT", "77", "gnt-77", "GNT77", "78", "POS", "0001", "AB", "12", "C3", "9912345678", ".",
        ]
        var met = 0
        for _ in 0..<3000 {
            let notices = (1...Int64(3)).map { Self.entry($0, random.pick(slips), random.pick([1000, 2000])) }
            let lines = (1...Int64(4)).map { id in
                let memo = (0..<Int.random(in: 0...6, using: &random)).map { _ in random.pick(words) }
                return Self.line(id, random.pick([1000, 2000]), memo.joined(separator: random.pick([" ", "-", ", "])))
            }
            func fits(_ line: Line, _ notice: OpenNotice) -> Bool {
                line.amount == notice.amount && Self.reads(notice.bankReference, in: line.memo)
            }
            var expected: [Int64: Int64] = [:]
            for line in lines {
                let own = notices.filter { fits(line, $0) }
                guard own.count == 1 else { continue }
                let others = lines.filter { other in notices.filter { fits(other, $0) }.map(\.id) == [own[0].id] }
                if others.count == 1 { expected[line.id] = own[0].id }
            }
            met += expected.count
            let run = OneRun(lines: lines, notices: notices, facts: Self.facts())
            let found = run.decisions.compactMapValues(\.noticeID)
            let told = "KHOP_SEED=\(random.seed): \(lines.map(\.memo)) \(notices.map(\.bankReference))"
            try #require(found == expected && run.violations.isEmpty, "\(told)")
            let parts = RunInParts(run, lines, notices, Self.facts(), size: 1)
            try #require(parts.decisions == run.decisions && parts.openNotices == run.openNotices, "\(told)")
        }
        #expect(met > 300)
    }

    private static func reads(_ slip: String, in memo: String) -> Bool {
        let parts = slip.components(separatedBy: CharacterSet.alphanumerics.inverted)
        let joined = parts.joined()
        guard joined.count >= 4, joined.rangeOfCharacter(from: .decimalDigits) != nil else { return false }
        return [parts.joined(separator: "[^A-Za-z0-9]+"), joined].contains { pattern in
            let whole = "(?<![A-Za-z0-9])" + pattern + "(?![A-Za-z0-9])"
            return memo.range(of: whole, options: [.regularExpression, .caseInsensitive]) != nil
        }
    }
}
