import Foundation
import TestSupport
import Testing
import Values

@Suite struct DayAndInstantTests {
    @Test func `days that do not exist are refused`() {
        for text in ["2026-02-29", "2026-13-01", "2026-00-10", "2026-1-01", "20260101", "2026-04-31", "1899-12-31"] {
            #expect(Day(text) == nil, "\(text)")
        }
        #expect(Day("2024-02-29")?.description == "2024-02-29")
    }

    @Test func `every day of a century reads back as it is written`() {
        var day = Day("1950-01-01")!
        while day < Day("2060-01-01")! {
            #expect(Day(day.description) == day)
            #expect(day.start.day == day)
            #expect(day.lastSecond.day == day)
            day = day.next
        }
    }

    @Test func `a business day ends at midnight in Vietnam`() {
        #expect(Instant("2026-11-20T16:59:59Z")?.day == Day("2026-11-20"))
        #expect(Instant("2026-11-20T17:00:00Z")?.day == Day("2026-11-21"))
        #expect(Instant("2026-11-21T09:30:00.25+07:00")?.description == "2026-11-21T09:30:00.25+07:00")
    }

    @Test func `invalid times are refused`() {
        for text in [
            "2026-11-21", "2026-11-21T09:30:00", "2026-11-21T24:00:00Z", "2026-11-21T09:30:00+7",
            "2026-11-21T09:30:60Z",
        ] {
            #expect(Instant(text) == nil, "\(text)")
        }
    }
}
