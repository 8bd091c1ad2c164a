public import Values

/// The days on which offices and banks work, and their hours: 8 to 12 and 13 to 17 o'clock.
public struct WorkingDays: Sendable, Hashable {
    public var holidays: Set<Day>
    /// Days of the week without work: 0 for Monday to 6 for Sunday.
    public var weekend: Set<Int>

    public init(holidays: Set<Day> = [], weekend: Set<Int> = []) {
        self.holidays = holidays
        self.weekend = weekend
    }

    public func contains(_ day: Day) -> Bool { !holidays.contains(day) && !weekend.contains(day.weekday) }

    /// The day itself, or the first working day after it. The search ends after 100 days, in case there is none.
    public func from(_ day: Day) -> Day {
        var day = day
        let end = day.adding(days: 100)
        while !contains(day), day < end { day = day.next }
        return day
    }

    /// The end of 8 working hours from the beginning of an hour of a day, which are one working day: what was paid at
    /// 10 o'clock is due at 10 o'clock of the next, and what was paid by 8 o'clock at 17 o'clock of the same; what was paid
    /// after the hours counts from the next morning.
    ///
    /// - Parameter hour: 0 to 23.
    func eightHours(after day: Day, hour: Int) -> Instant {
        func clock(_ day: Day, _ hour: Int) -> Instant { day.start.adding(seconds: Int64(hour) * 3600) }
        guard contains(day), hour < 17 else { return clock(from(day.next), 17) }
        guard hour > 8 else { return clock(day, 17) }
        // The pause: an afternoon and a morning are over when it begins.
        return clock(from(day.next), hour == 13 ? 12 : hour)
    }
}
