public import Values
import Workflow

/// A part of a refund, and where it is taken from.
public struct RefundPart: Sendable, Hashable {
    /// The case whose money in suspense it is; `nil` for the fee of the request.
    public let caseID: Int64?
    public let amount: Money

    public init(caseID: Int64?, amount: Money) {
        self.caseID = caseID
        self.amount = amount
    }
}
