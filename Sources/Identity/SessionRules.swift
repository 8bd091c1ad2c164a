public import Values

/// How long a person's session lasts.
public enum SessionRules {
    /// Without a call for this long, a session ends.
    public static let idleSeconds: Int64 = 15 * 60
    /// However busy, a session ends after this.
    public static let wholeSeconds: Int64 = 8 * 3600
    /// A second factor is fresh for this long.
    public static let freshSeconds: Int64 = 5 * 60
    /// Who has given the password must give the code within this.
    public static let pendingSeconds: Int64 = 5 * 60

    /// Whether a session is still good, and if not why.
    public enum Standing: String, Sendable, Hashable {
        case good, idle, over
    }

    /// - Parameter factorAt: when the second factor was given; `nil` before.
    public static func standing(created: Instant, lastUsed: Instant, factorAt: Instant?, now: Instant) -> Standing {
        guard now < created.adding(seconds: factorAt == nil ? pendingSeconds : wholeSeconds) else { return .over }
        return now < lastUsed.adding(seconds: idleSeconds) ? .good : .idle
    }

    /// When a session ends if nothing is done with it.
    public static func ends(created: Instant, lastUsed: Instant) -> Instant {
        min(created.adding(seconds: wholeSeconds), lastUsed.adding(seconds: idleSeconds))
    }

    /// Whether a second factor was given recently enough for what needs a fresh one.
    public static func isFresh(_ factorAt: Instant?, now: Instant) -> Bool {
        guard let factorAt else { return false }
        return now < factorAt.adding(seconds: freshSeconds)
    }
}
