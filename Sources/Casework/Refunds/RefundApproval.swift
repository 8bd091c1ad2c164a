public import Workflow

/// What one person's approval makes of a refund.
public struct RefundApproval: Sendable, Hashable {
    /// `requested` while a third person must approve as well.
    public let state: RefundState
    /// How many persons must approve.
    public let approvalsNeeded: Int
    /// Whether it is the third person's.
    public let isSecond: Bool

    public init(state: RefundState, approvalsNeeded: Int, isSecond: Bool) {
        self.state = state
        self.approvalsNeeded = approvalsNeeded
        self.isSecond = isSecond
    }
}
