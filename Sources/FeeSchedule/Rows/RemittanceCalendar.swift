/// By when what was collected is remitted to the State Treasury, as the circular of a fee says.
///
/// All three of the first occur in circulars; the last is the rule for money that was paid online where no special law says
/// otherwise (Decree 118/2025/NĐ-CP, article 24.3).
public enum RemittanceCalendar: String, Sendable, Hashable, CaseIterable {
    /// What a week brought, Monday to Sunday, by Thursday of the next.
    case weeklyThursday = "weekly_thursday"
    /// What a week brought, by Monday of the next.
    case weeklyMonday = "weekly_monday"
    /// What a month brought, by the 5th of the next.
    case monthly
    /// Each payment within 8 working hours.
    case workingHours = "working_hours"
}
