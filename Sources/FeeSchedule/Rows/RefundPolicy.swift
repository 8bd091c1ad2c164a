/// When a fee may be refunded.
public enum RefundPolicy: String, Sendable, CaseIterable {
    case always, never
    case notEligible = "not_eligible"
}
