import Matching
import PureSupport
import Testing
import Values
import Workflow

/// Whether statements follow from one another.
@Suite struct StatementGapsTests {
    /// Statements as `first-last opening closing`, by their ids 1, 2, …; `-` for a balance that is not stated.
    private func statements(_ texts: String...) -> [StatementGaps.Statement] {
        texts.enumerated().map { place, text in
            let words = text.split(separator: " ")
            let days = words[0].split(separator: "-").map { day(Int32($0) ?? 0) }
            let balances = words[1...].map { Int64($0).map { Money($0) } }
            return StatementGaps.Statement(
                id: Int64(place + 1),
                firstDay: days[0],
                lastDay: days[days.count - 1],
                opening: balances[0],
                closing: balances[1]
            )
        }
    }

    private func day(_ number: Int32) -> Day { Day(daysSinceEpoch: number) }

    /// The gaps of all statements that are judged when one has come, by id.
    private func gaps(
        _ statements: [StatementGaps.Statement],
        new: Int64? = nil,
        moved: [Int32: Int64] = [:],
        continued: Set<Int64> = []
    ) -> [Int64: Int64] {
        let gaps = StatementGaps(new: new ?? Int64(statements.count), statements: statements)
        var lines = StatementGaps.Lines()
        lines.continued = continued
        for days in gaps.days {
            let sum = moved.filter { day($0.key) >= days.from && day($0.key) < days.until }.values.reduce(0, +)
            lines.sums[days] = Money(sum)
        }
        let judgements = gaps.judgements(lines)
        for judgement in judgements {
            #expect((judgement.reason == nil) == (judgement.gap == .zero))
            #expect(judgement.expected.map { _ in true } == judgement.reason.map { _ in true })
        }
        return Dictionary(uniqueKeysWithValues: judgements.map { ($0.statementID, $0.gap.dong) })
    }

    @Test func `the first statement follows from nothing`() {
        #expect(gaps(statements("1-2 500 700")) == [1: 0])
    }

    @Test func `a statement follows from the one that ended before`() {
        #expect(gaps(statements("1-2 500 700", "3-4 700 900")) == [2: 0])
        #expect(gaps(statements("1-2 500 700", "3-4 755 900")) == [2: 55])
        #expect(gaps(statements("1-2 500 700", "5-5 600 900")) == [2: -100])
    }

    @Test func `the gap has its reason`() {
        let all = statements("1-2 500 700", "3-4 755 900")
        let judgement = StatementGaps(new: 2, statements: all).judgements(.init())[0]
        #expect(judgement.reason == .statementGap(found: Money(755), expected: Money(700)))
        #expect(judgement.expected == Money(700))
    }

    @Test func `an older statement that comes later has those after it judged again`() {
        let all = statements("5-6 900 950", "1-2 500 700", "3-4 700 900")
        #expect(gaps(Array(all[0...1])) == [1: 200, 2: 0])
        #expect(gaps(all) == [1: 0, 3: 0])
    }

    @Test func `lines of statements without balances count`() {
        let all = statements("1-2 500 700", "3-4 - -", "5-6 900 950")
        #expect(gaps(all, moved: [3: 150, 4: 50]) == [3: 0])
        #expect(gaps(all, moved: [3: 150]) == [3: 50])
    }

    @Test func `lines without balances that come last explain a later statement`() {
        // Between them and it lies another one without balances.
        let all = statements("1-2 500 700", "5-5 - -", "6-7 900 950", "3-4 - -")
        #expect(gaps(all, moved: [3: 150, 5: 50]) == [3: 0])
    }

    @Test func `a statement that overlaps leads to the day by its lines`() {
        let all = statements("1-9 500 900", "4-6 650 700")
        #expect(gaps(all, moved: [1: 100, 3: 50]) == [2: 0])
        #expect(gaps(all, moved: [1: 100]) == [2: 50])
        // The opening balance of the other alone says nothing.
        #expect(gaps(statements("1-9 500 900", "4-6 500 700"), moved: [2: 10]) == [2: -10])
    }

    @Test func `parts of one day follow from one another in any order`() {
        #expect(gaps(statements("1-1 500 600", "1-1 600 700")) == [1: 0, 2: 0])
        #expect(gaps(statements("1-1 600 700", "1-1 500 600")) == [1: 0, 2: 0])
        #expect(gaps(statements("1-1 500 600", "1-1 610 700")) == [1: 0, 2: 10])
    }

    @Test func `a statement that is reported a second time follows`() {
        #expect(gaps(statements("1-2 500 700", "1-3 500 800")) == [1: 0, 2: 0])
    }

    @Test func `a running balance of a line that day is followed`() {
        let all = statements("1-3 500 900", "3-4 650 950")
        #expect(gaps(all, moved: [2: 100], continued: [2]) == [2: 0])
        #expect(gaps(all, moved: [2: 100]) == [2: -250])
    }

    @Test func `nothing is judged before a statement, or without balance or lines`() {
        #expect(gaps(statements("1-2 500 700", "3-4 755 900"), new: 2) == [2: 55])
        #expect(gaps(statements("1-2 - 700", "3-4 - -")) == [:])
        #expect(gaps(statements("1-2 500 700"), new: 9) == [:])
    }

    /// Goal: a gap is what moved on the days that no statement shows, in whatever order statements come. Method: a random
    /// account, pieces of which come one by one; seeded by KHOP_SEED.
    @Test func `gaps are the days that are missing`() {
        var random = Seeded("gaps of statements")
        for _ in 0..<5000 {
            var balances = [Money(1000)]
            for _ in 0..<12 {
                balances.append(balances[balances.count - 1] + Money(Int64.random(in: 1...9, using: &random)))
            }
            var all: [StatementGaps.Statement] = []
            var known: [Int64: Money] = [:]
            var shown: Set<Int> = []
            for id in 1...Int64.random(in: 1...6, using: &random) {
                let first = Int.random(in: 0..<12, using: &random)
                let last = min(first + Int.random(in: 0..<4, using: &random), 11)
                all.append(
                    StatementGaps.Statement(
                        id: id,
                        firstDay: day(Int32(first)),
                        lastDay: day(Int32(last)),
                        opening: balances[first],
                        closing: balances[last + 1]
                    )
                )
                shown.formUnion(first...last)
                let gaps = StatementGaps(new: id, statements: all)
                var lines = StatementGaps.Lines()
                for days in gaps.days {
                    let range = Int(days.from.daysSinceEpoch)..<Int(days.until.daysSinceEpoch)
                    lines.sums[days] = range.filter(shown.contains).map { balances[$0 + 1] - balances[$0] }.total()
                }
                for judgement in gaps.judgements(lines) { known[judgement.statementID] = judgement.gap }
            }
            for statement in all {
                let first = Int(statement.firstDay.daysSinceEpoch)
                var from = first
                while from > 0, !shown.contains(from - 1) { from -= 1 }
                // Before the first statement nothing is missing, and of several that begin together the first is judged.
                let isTold = all.contains { $0.firstDay == statement.firstDay && $0.id < statement.id }
                let expected = from == 0 || isTold ? Money.zero : balances[first] - balances[from]
                #expect(known[statement.id] == expected, "\(random.seed): \(statement) of \(all)")
            }
        }
    }
}
