import Foundation
import PureSupport
import Testing
import Values

@testable import Collection

/// Which notices are new, whatever the order in which their transactions commit.
@Suite struct NewNoticesTests {
    /// Ids are committed up to 0.9 s after they were given out, and read four times a second.
    @Test func `each notice is found once, and what is known is not read again`() throws {
        var random = Seeded("notices that commit in any order")
        let start = try #require(Instant("2026-11-30T08:00:00+07:00"))
        func at(_ milliseconds: Int64) -> Instant { Instant(microseconds: start.microseconds + milliseconds * 1000) }
        // Each id with the moment of its commit.
        var commits: [(id: Int64, at: Int64)] = []
        for id in Int64(101)...600 { commits.append((id, (id - 100) * 20 + Int64.random(in: 0...900, using: &random))) }
        var notices = NewNotices()
        #expect(notices.after == nil)
        notices.begin(after: 100, at: at(0))
        var found: [Int64] = []
        var most = 0
        for tick in stride(from: Int64(250), through: 14_000, by: 250) {
            let after = try #require(notices.after)
            let read = commits.filter { $0.at <= tick && $0.id > after }.map(\.id).sorted()
            most = max(most, read.count)
            for id in read where notices.isNew(id) { found.append(id) }
            notices.move(at: at(tick))
        }
        #expect(found.sorted() == Array(101...600) && Set(found).count == found.count)
        // Of 50 a second, those of two seconds at the most are read again.
        #expect(most < 150, "\(most)")
        #expect(notices.after == 600)
    }
}
