public import FeeSchedule
public import Values

/// By when what was collected is to be with the Treasury.
public enum RemittanceDeadline {
    /// The instant at which money is overdue: the end of the last day or hour of its term. A term that ends on a day
    /// without work ends with the next working day (Civil Code 2015, article 148.5).
    ///
    /// - Parameters:
    ///   - day: on which it was paid.
    ///   - hour: at which it was paid, 0 to 23; looked at only where the term is of hours.
    public static func of(_ calendar: RemittanceCalendar, day: Day, hour: Int, _ working: WorkingDays) -> Instant {
        let monday = day.adding(days: -day.weekday)
        switch calendar {
        case .weeklyThursday: return working.from(monday.adding(days: 10)).next.start
        case .weeklyMonday: return working.from(monday.adding(days: 7)).next.start
        case .monthly:
            let (year, month, _) = day.components
            let fifth = Day(year: month == 12 ? year + 1 : year, month: month % 12 + 1, day: 5) ?? day
            return working.from(fifth).next.start
        case .workingHours: return working.eightHours(after: day, hour: hour)
        }
    }

    /// The calendar of a fee, or where its circular says nothing that of the law: online money within 8 working hours, other
    /// by the 5th of the next month, which most circulars say.
    public static func calendar(of fee: FeeRow?, isOnline: Bool) -> RemittanceCalendar {
        fee?.remittance ?? (isOnline ? .workingHours : .monthly)
    }
}
