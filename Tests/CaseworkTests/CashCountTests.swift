import Casework
import PureSupport
import Testing
import Values

@Suite struct CashCountTests {
    @Test func `a count is the sum of its notes, and coins besides`() throws {
        let count = try #require(CashCount(pieces: [500_000: 2, 20_000: 3, 1000: 0], others: Money(3500)))
        #expect(count.total == Money(1_063_500))
        #expect(count.lines.map(\.denomination) == [500_000, 20_000, 1])
        #expect(CashCount.nothing.total == .zero && CashCount.nothing.lines.isEmpty)
    }

    @Test func `what is no note, and what cannot be counted, is refused`() {
        for wrong: [Int64: Int64] in [[3000: 1], [500_000: -1], [1: 5], [1000: CashCount.maximumPieces + 1]] {
            #expect(CashCount(pieces: wrong) == nil, "\(wrong)")
        }
        #expect(CashCount(pieces: [:], others: Money(-1)) == nil)
        #expect(CashCount(pieces: [:], others: CashCount.maximumOthers + Money(1)) == nil)
    }

    @Test func `lines always add up to the total`() throws {
        var random = Seeded("counts")
        for _ in 0..<500 {
            var pieces: [Int64: Int64] = [:]
            var sum: Int64 = 0
            for note in CashCount.denominations where random.chance(60) {
                pieces[note] = Int64.random(in: 0...500, using: &random)
                sum += note * (pieces[note] ?? 0)
            }
            let others = Int64.random(in: 0...9999, using: &random)
            let count = try #require(CashCount(pieces: pieces, others: Money(others)))
            #expect(count.total == Money(sum + others))
            #expect(count.lines.reduce(0) { $0 + $1.denomination * $1.pieces } == sum + others)
        }
    }
}
