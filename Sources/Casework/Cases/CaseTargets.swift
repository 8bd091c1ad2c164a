/// The requests and refunds that a decision names, in their current state.
public struct CaseTargets: Sendable, Hashable {
    /// Requests, by the names used in the decision; those that do not exist are missing.
    public var requests: [String: RequestFacts] = [:]
    /// The case's own request.
    public var own: RequestFacts?
    /// The refund that a debit is linked to.
    public var refund: RefundFacts?
    /// A payment that a notice posted for the request named, of the amount of the case's line, that no line has confirmed.
    public var unconfirmed: UnconfirmedPayment?

    public init() {}
}
