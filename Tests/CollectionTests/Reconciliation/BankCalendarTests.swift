import Collection
import Foundation
import Postgres
import TestSupport
import Testing
import Values
import Workflow

@Suite struct BankCalendarTests {
    @Test func `the expected-by date counts bank days of the calendar`() async throws {
        try await TestDatabase.withServices { services in
            let account = "0801000567890"
            let calendar = services.bankCalendar
            func expectedBy(_ day: String) async throws -> String {
                try await calendar.expectedBy(account: account, day: Day(day)!).description
            }
            #expect(try await expectedBy("2026-11-20") == "2026-11-21")
            let text = "day,name\nsaturday,\nsunday,\n2026-11-24,Ngày nghỉ\n"
            #expect(try await calendar.importFile(Array(text.utf8)) == 3)
            #expect(try await expectedBy("2026-11-20") == "2026-11-23")
            #expect(try await expectedBy("2026-11-23") == "2026-11-25")
            try await calendar.setExpectedWithin(account: account, days: 2, by: "test")
            #expect(try await expectedBy("2026-11-20") == "2026-11-25")
            try await calendar.setExpectedWithin(account: account, days: 0, by: "test")
            #expect(try await expectedBy("2026-11-20") == "2026-11-20")
            for bad in ["", "name\nx\n", "day,name\n2026-02-30,x\n", "day\nmoonday\n"] {
                await #expect(throws: ServiceError.self, "\(bad)") { try await calendar.importFile(Array(bad.utf8)) }
            }
            // What was faulty changed nothing.
            #expect(try await expectedBy("2026-11-20") == "2026-11-20")
            await #expect(throws: ServiceError.self) {
                try await calendar.setExpectedWithin(account: "1", days: 1, by: "test")
            }
            await #expect(throws: ServiceError.self) {
                try await calendar.setExpectedWithin(account: account, days: 31, by: "test")
            }
        }
    }
}
