import Testing
import Values

@testable import Postgres

/// As of when a standby is, by what is known of the primary's log.
@Suite struct ReplayMarkTests {
    private static let start = ContinuousClock.now

    private static func mark(_ position: Int64, _ second: Int64) -> ReplayMarks.Mark {
        .init(position: position, at: Instant(unixSeconds: second), tick: start + .seconds(second))
    }

    private static func marks(_ known: [(Int64, Int64)]) -> ReplayMarks {
        var marks = ReplayMarks()
        for (position, second) in known { marks.add(mark(position, second), timeline: "00000001") }
        return marks
    }

    @Test func `a standby is as of the last moment whose log it has replayed`() {
        let marks = Self.marks([(100, 1), (200, 2), (300, 3)])
        #expect(marks.newest(replayed: 300) == Self.mark(300, 3))
        #expect(marks.newest(replayed: 299) == Self.mark(200, 2))
        #expect(marks.newest(replayed: 5000) == Self.mark(300, 3))
        #expect(marks.newest(replayed: 99) == nil)
        #expect(ReplayMarks().newest(replayed: 99) == nil)
    }

    @Test func `on a quiet night nothing is missing, however long ago the last commit was`() {
        let marks = Self.marks([(100, 1), (100, 2), (100, 30_000)])
        #expect(marks.newest(replayed: 100) == Self.mark(100, 30_000))
    }

    @Test func `what was known of another primary is forgotten`() {
        var marks = Self.marks([(100, 1), (200, 2)])
        marks.add(Self.mark(250, 3), timeline: "00000002")
        #expect(marks.newest(replayed: 200) == nil && marks.newest(replayed: 250) == Self.mark(250, 3))
        // A log that went back is another one, whatever it calls itself.
        marks.add(Self.mark(150, 4), timeline: "00000002")
        #expect(marks.newest(replayed: 149) == nil && marks.newest(replayed: 250) == Self.mark(150, 4))
    }

    @Test func `no more is kept than is of use`() {
        let marks = Self.marks((0..<1000).map { ($0, $0) })
        #expect(marks.marks.count == ReplayMarks.most && marks.newest(replayed: 399) == nil)
        #expect(marks.newest(replayed: 400) == Self.mark(400, 400))
    }
}
