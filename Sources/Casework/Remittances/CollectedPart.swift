public import Values

/// A sum that was collected and has one deadline.
public struct CollectedPart: Sendable, Hashable {
    public let key: RemittanceKey
    public let code: RemittanceCode
    /// Of the fee.
    public let name: String
    /// What was paid, less what went back to payers.
    public let collected: Money
    /// The agency's share, in hundredths of a percent, where it is kept back before the rest is remitted; else 0.
    public let retainedRate: Int64
    /// When it is overdue.
    public let deadline: Instant

    /// - Parameter collected: not negative.
    public init(
        key: RemittanceKey,
        code: RemittanceCode,
        name: String,
        collected: Money,
        retainedRate: Int64,
        deadline: Instant
    ) {
        self.key = key
        self.code = code
        self.name = name
        self.collected = collected
        self.retainedRate = retainedRate
        self.deadline = deadline
    }
}
