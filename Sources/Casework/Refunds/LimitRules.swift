public import Values

/// Which of the limits that were set count on a day.
///
/// The latest of the nearest locality counts. What is set during a day can lower that day's limit and never raise it: nobody
/// lifts a limit and uses it before others have seen it.
public enum LimitRules {
    /// - Parameters:
    ///   - settings: of one role, in the order in which they were set.
    ///   - chain: the codes of the locality and of all above it, the nearest first; empty where there is none.
    public static func inForce(_ settings: [LimitSetting], chain: [String], on day: Day) -> ApprovalLimit {
        let scopes = chain.map { Optional($0) } + [nil]
        var limit = ApprovalLimit.none
        for scope in scopes {
            guard let latest = settings.last(where: { $0.localityCode == scope && $0.setOn < day }) else { continue }
            limit = latest.limit
            break
        }
        for setting in settings where setting.setOn == day && scopes.contains(setting.localityCode) {
            limit = limit.capped(by: setting.limit)
        }
        return limit
    }

    /// Whether a limit that is set today allows more tomorrow than there would be without it.
    ///
    /// - Parameter chain: of the locality that it is set for; empty for all.
    public static func isRaise(_ limit: ApprovalLimit, _ settings: [LimitSetting], chain: [String], today: Day) -> Bool
    {
        limit.allowsMore(than: inForce(settings, chain: chain, on: today.next))
    }
}
