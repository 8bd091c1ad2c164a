import Collection
import Foundation
import Postgres
import TestSupport
import Testing
import Values
import Workflow

@Suite struct ReconciliationScheduleTests {
    @Test func `several servers run the scheduled reconciliation once`() async throws {
        try await TestDatabase.withServices { services in
            let desk = try await Desk(services)
            let schedule = services.schedule
            // Whatever the hour, the first look of the day claims it; there are no statements yet.
            #expect(try await schedule.runDue(now: Instant.now().day.next.start.adding(seconds: 7 * 3600)).isEmpty)
            var lines = StatementLines()
            lines.add("FT1", 500, "stray")
            _ = try await lines.imported(into: desk)
            #expect(try await schedule.runDue().isEmpty)
            let later = Instant.now().adding(seconds: 601)
            let runs = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<4 { group.addTask { try await schedule.runDue(now: later).count } }
                return try await group.reduce(0, +)
            }
            #expect(runs >= 1)
            #expect(try await desk.cases("unmatched").count == 1)
            #expect(try await schedule.runDue(now: later).isEmpty)
            // The next day's run, claimed by one of several servers.
            let nextMorning = Instant.now().day.next.next.start.adding(seconds: 6 * 3600 + 1801)
            let daily = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<4 { group.addTask { try await schedule.runDue(now: nextMorning).count } }
                return try await group.reduce(0, +)
            }
            #expect(daily == 1)
        }
    }
}
