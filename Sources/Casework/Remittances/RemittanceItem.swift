public import Values

/// What is to be remitted of one sub-item and chapter.
public struct RemittanceItem: Sendable, Hashable {
    /// What is still to be remitted by one deadline.
    public struct Part: Sendable, Hashable {
        public let deadline: Instant
        /// Above 0.
        public let amount: Money
    }

    public let key: RemittanceKey
    public let code: RemittanceCode
    /// Of the fee, or of several in short.
    public let name: String
    /// What was paid, less what went back to payers.
    public let collected: Money
    public let retained: Money
    /// What orders have taken that were not rejected and did not come back.
    public let ordered: Money
    /// What is left to remit, by deadline, the earliest first. Orders take the earliest first.
    public let parts: [Part]

    /// Collected, less what is retained and what orders have taken. Negative where more was remitted than is left after
    /// refunds: it is set off against what the year still brings, or claimed from the Treasury.
    public var due: Money { collected - retained - ordered }

    /// What is to be remitted by an instant.
    public func due(by instant: Instant) -> Money {
        parts.filter { $0.deadline <= instant }.map(\.amount).total()
    }

    /// What should be with the Treasury already.
    public func overdue(at now: Instant) -> Money { due(by: now) }
}
