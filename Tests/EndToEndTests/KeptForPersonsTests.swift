import Foundation
import Testing
import Values

@testable import Server

/// What the console keeps for somebody for a while.
@Suite struct KeptForPersonsTests {
    private let lan = UUID()
    private let hoa = UUID()
    private let start = Instant.now()

    @Test func `a thing is taken out once, by the person whose it is, within half an hour`() {
        let kept = KeptForPersons<Int>(mostOfOne: 3, most: 10)
        #expect(kept.keep(1, named: "a", of: lan, now: start).isEmpty)
        #expect(kept.take("a", of: hoa, now: start) == nil && kept.take("b", of: lan, now: start) == nil)
        #expect(kept.take("a", of: lan, now: start.adding(seconds: 1799)) == 1)
        #expect(kept.take("a", of: lan, now: start) == nil)
        _ = kept.keep(2, named: "a", of: lan, now: start)
        let late = start.adding(seconds: 1800)
        #expect(kept.take("a", of: lan, now: late) == nil)
        // Who keeps something next is told what is gone, so that its file can be removed.
        #expect(kept.keep(3, named: "b", of: hoa, now: late) == [2])
    }

    @Test func `the oldest makes room, of one person and of all, and a name is of one thing`() {
        let kept = KeptForPersons<Int>(mostOfOne: 2, most: 3)
        for number in 1...2 {
            _ = kept.keep(number, named: "\(number)", of: lan, now: start.adding(seconds: Int64(number)))
        }
        #expect(kept.keep(3, named: "3", of: lan, now: start.adding(seconds: 3)) == [1])
        #expect(kept.keep(4, named: "3", of: lan, now: start.adding(seconds: 4)) == [3])
        _ = kept.keep(5, named: "x", of: hoa, now: start.adding(seconds: 5))
        #expect(kept.keep(6, named: "y", of: UUID(), now: start.adding(seconds: 6)) == [2])
        #expect(kept.take("3", of: lan, now: start.adding(seconds: 7)) == 4)
        #expect(kept.take("x", of: hoa, now: start.adding(seconds: 7)) == 5)
    }
}
