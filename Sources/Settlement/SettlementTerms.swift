public import Values

/// The terms that settlement applies in addition to the facts.
public struct SettlementTerms: Sendable, Hashable {
    /// When the batch is decided.
    public var now: Instant
    /// How long after its expiry a request is still settled if its price has not changed.
    public var graceSeconds: Int64
    /// How far clocks may differ before a time is not credible.
    public var clockToleranceSeconds: Int64 = 600
    /// The greatest age of a transfer without a request.
    public var oldestDays: Int = 60

    public init(now: Instant, graceSeconds: Int64) {
        self.now = now
        self.graceSeconds = graceSeconds
    }
}
