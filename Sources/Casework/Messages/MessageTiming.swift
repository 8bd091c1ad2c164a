public import Values

/// When messages to payers leave.
public enum MessageTiming {
    /// The hours, in Vietnam, in which nobody is disturbed: from 21:00 to 07:00.
    public static let standardQuiet = NightHours("21:00-07:00") ?? .standard

    /// Whether a message may leave at a moment. In quiet hours only what a payer waits for does, and by e-mail alone, which
    /// wakes nobody.
    public static func mayLeave(_ kind: MessageKind, by channel: ContactChannel, at now: Instant, quiet: NightHours?)
        -> Bool
    {
        guard let quiet, quiet.contains(now) else { return true }
        return channel == .email && kind.isAwaited
    }

    /// How long before the end of its time a request is recalled to its payer, in seconds.
    public static let reminderSeconds: Int64 = 86_400
    /// With less time left than this nobody is reminded: the message could come too late.
    public static let leastSeconds: Int64 = 2 * 3600
    /// Requests with a shorter life than this, in seconds, are still in their payer's mind.
    public static let leastLifetimeSeconds: Int64 = 2 * 86_400
}
