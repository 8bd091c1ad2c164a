import Values

/// The result of settling one notice.
enum SettlementResult: Sendable {
    case settled(Settled)
    /// The request has expired but is within its grace period: the price of this day must be looked up and the notice
    /// settled again. Nothing was recorded.
    case needsPrice(Day)
    /// The account is being judged by a run. Nothing was recorded; the notice is settled when the run lets go of it.
    case accountIsJudged
}
