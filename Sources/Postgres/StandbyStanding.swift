public import Values

/// How a standby is that reports are read from.
public enum StandbyStanding: Sendable, Hashable {
    /// It is read from. It knows everything up to a moment, the lag ago.
    case near(asOf: Instant, lag: Duration)
    /// It lacks more than is allowed: so many bytes of the log, and everything since a moment, if that is known.
    case behind(since: Instant?, bytes: Int64)
    /// It does not answer; in words for the log.
    case away(String)
    /// What answers is no standby, such as one that has just become the primary.
    case isPrimary

    /// Whether reports are read from it.
    public var isUsed: Bool {
        if case .near = self { true } else { false }
    }
}
