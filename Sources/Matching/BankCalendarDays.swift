public import Values

/// The days on which banks book, and the expected-by date of a payment.
public struct BankCalendarDays: Sendable, Hashable {
    /// Days on which banks do not book.
    public var holidays: Set<Day>
    /// Days of the week on which banks do not book: 0 for Monday to 6 for Sunday.
    public var weekend: Set<Int>
    /// How many bank days after the payment it is expected.
    public var days: Int

    public init(holidays: Set<Day> = [], weekend: Set<Int> = [], days: Int = 1) {
        self.holidays = holidays
        self.weekend = weekend
        self.days = days
    }

    /// The last day by which a payment of a day is expected on a statement.
    ///
    /// The search ends after 100 days, in case the calendar has no bank days.
    public func expectedBy(_ day: Day) -> Day {
        var left = days
        var expected = day
        let end = day.adding(days: 100)
        while left > 0, expected < end {
            expected = expected.next
            if !holidays.contains(expected), !weekend.contains(expected.weekday) { left -= 1 }
        }
        return expected
    }
}
