/// The passes, by the names stored with outcomes; see docs/money-rules.md.
public enum PassName: String, Sendable, Hashable, CaseIterable {
    case refund, remittance
    case transactionID = "transaction_id"
    case repetition
    case otherAmount = "other_amount"
    case reference
    case recovery
    case severalRequests = "several_requests"
    case severalTransfers = "several_transfers"
    case payout
    case knownRequest = "known_request"
    case remainder
}
