import Values
public import Workflow

/// What cancelling a payment request does.
public enum Cancellation: Sendable, Hashable {
    /// It is already cancelled: nothing changes.
    case already
    /// Nothing was received: it ends.
    case cancel
    /// Everything received goes back: the request ends with a refund, which two persons decide on.
    case cancelAndRefund

    /// - Parameter withRefund: whether the refund is requested in the same step.
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
