public import Values

/// What waits for providers' numbers.
public struct ProvidersWaiting: Sendable, Hashable {
    /// How many agencies' receipts a provider numbers.
    public let providers: Int64
    public let receipts: Int64
    /// When the oldest was paid.
    public let since: Instant?
    /// How many were asked for more than three times.
    public let failing: Int64
    /// What a provider said last of one of them.
    public let error: String?
}
