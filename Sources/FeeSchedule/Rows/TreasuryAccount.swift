/// The accounts of the State Treasury that fees and charges go to.
public enum TreasuryAccount: String, Sendable, Hashable, CaseIterable {
    /// Revenue of the State budget: a charge whole, a fee less what its agency retains.
    case revenue = "7111"
    /// Fees that wait for the budget, whole: what the agency retains comes back from there.
    case waiting = "3511"
}
