import Casework
import Testing
import Values

/// When it is night.
@Suite struct NightHoursTests {
    private func at(_ time: String) throws -> Instant { try #require(Instant("2026-11-30T\(time):00+07:00")) }

    @Test(arguments: [
        ("22:00-06:00", "22:00", true), ("22:00-06:00", "21:59", false), ("22:00-06:00", "00:00", true),
        ("22:00-06:00", "05:59", true), ("22:00-06:00", "06:00", false), ("22:00-06:00", "12:00", false),
        ("01:30-04:00", "01:29", false), ("01:30-04:00", "01:30", true), ("01:30-04:00", "03:59", true),
        ("01:30-04:00", "04:00", false), ("01:30-04:00", "23:00", false),
    ])
    func `hours are those of Vietnam, and may go over midnight`(_ hours: String, _ time: String, _ isNight: Bool) throws
    {
        #expect(try #require(NightHours(hours)).contains(try at(time)) == isNight)
    }

    @Test(arguments: [
        "", "22-06", "22:00", "22:00-06:00-07:00", "24:00-06:00", "22:60-06:00", "6:00-7:00", "06:00-06:00",
    ])
    func `what is no two times is no night`(_ text: String) {
        #expect(NightHours(text) == nil)
    }
}
