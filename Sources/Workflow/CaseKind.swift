/// What is wrong in a case; a subject has at most one case of a kind.
public enum CaseKind: String, Sendable, Hashable, CaseIterable {
    // Opened by settlement.
    case underpaid, overpaid, late
    case unknownReference = "unknown_reference"
    case otherAccount = "other_account"
    case conflict
    // Opened by reconciliation.
    case amountMismatch = "amount_mismatch"
    case duplicateLine = "duplicate_line"
    case unmatched
    case missingAtBank = "missing_at_bank"
    case statementGap = "statement_gap"
}
