public import Casework
public import Values

/// Several requests that are paid together, found by their reference at a counter.
public struct FoundBasket: Sendable {
    public let reference: String
    public let state: BasketState
    /// How many requests it has.
    public let count: Int
    /// What its code asks for.
    public let remaining: Money
    /// Those of its requests that the cashier acts for, in the order in which money pays them.
    public let requests: [PaymentRequest]

    public init(reference: String, state: BasketState, count: Int, remaining: Money, requests: [PaymentRequest]) {
        (self.reference, self.state, self.count) = (reference, state, count)
        (self.remaining, self.requests) = (remaining, requests)
    }
}
