public import Values
public import Workflow

/// The day whose prices a payment request is assessed by.
public enum AssessmentDay {
    /// How long ago a dossier may have been received.
    public static let daysBack = 60

    /// Returns today or, if the caller may name it, the day on which the dossier was received.
    ///
    /// The day decides the price, so a counter, which also takes the money, may not choose it.
    ///
    /// - Parameters:
    ///   - named: the day that was named; `nil` for none.
    ///   - mayName: whether the caller may name a day at all, even today.
    public static func decide(_ named: Day?, today: Day, mayName: Bool) throws(Refusal) -> Day {
        guard let named else { return today }
        guard mayName else { throw Refusal(.person, .assessmentDayNotYours(named)) }
        guard named <= today else { throw Refusal(.field("/assessed_on"), .assessmentDayAhead(named)) }
        guard named >= today.adding(days: -daysBack) else {
            throw Refusal(.field("/assessed_on"), .assessmentDayTooFarBack(named, days: daysBack))
        }
        return named
    }
}
