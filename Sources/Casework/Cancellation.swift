import Values
public import Workflow

/// What cancelling a payment request comes to.
public enum Cancellation: Sendable, Hashable {
    /// It was cancelled before: nothing changes.
    case already
    /// Nothing was received: it ends.
    case cancel
    /// All that was received goes back: a refund is asked for, on which two persons decide, and the request ends.
    case cancelAndRefund

    /// - Parameter withRefund: whether who cancels asks for the money back in the same step.
    public static func decide(_ request: RequestFacts, withRefund: Bool) throws(Refusal) -> Cancellation {
        if request.state == .cancelled { return .already }
        if request.received == .zero, PaymentRequestState.allows(.cancel, in: request.state) { return .cancel }
        guard PaymentRequestState.allows(.cancelAndRefund, in: request.state), request.received > .zero else {
            throw Refusal(.state, PaymentRequestState.refusal(of: .cancel, in: request.state))
        }
        guard withRefund else {
            throw Refusal(.state, .requestHoldsMoney(request.reference, received: request.received))
        }
        return .cancelAndRefund
    }
}
