public import Casework
public import Values
public import Workflow

/// What of a request could go back now, for whoever is about to ask for it.
public struct RefundOutlook: Sendable {
    /// How much could go back for a reason.
    public struct Choice: Sendable, Hashable {
        /// `not_eligible` or `duplicate`, on which the policies of fees depend; `nil` for any other reason.
        public let reason: String?
        /// All that could go back; 0 if nothing could.
        public let amount: Money
        /// Why no more could; `nil` where nothing is held back.
        public let refusal: Reason?
    }

    public let request: PaymentRequest
    /// The account that paid, if the bank's lines state one; the money goes there unless somebody names another.
    public let payer: Beneficiary?
    public let choices: [Choice]

    /// The reasons that make a difference.
    static let reasons: [String?] = [FeePolicies.notEligible, FeePolicies.duplicate, nil]
}
