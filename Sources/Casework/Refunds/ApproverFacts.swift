public import Values

/// What is known of whoever approves a refund.
public struct ApproverFacts: Sendable, Hashable {
    /// What they may approve alone today, for the locality of the refund.
    public var limit: ApprovalLimit
    /// What they approved alone earlier today.
    public var approvedToday: Money
    public var standIns: StandIns

    /// Nothing that would hinder an approval.
    public static let free = ApproverFacts(limit: .none, approvedToday: .zero, standIns: .none)

    public init(limit: ApprovalLimit, approvedToday: Money, standIns: StandIns) {
        self.limit = limit
        self.approvedToday = approvedToday
        self.standIns = standIns
    }

    /// How many persons must approve a refund of this amount if they are the first: 1, or 2 above the limit.
    public func approvalsNeeded(for amount: Money) -> Int {
        limit.isExceeded(by: amount, before: approvedToday) ? 2 : 1
    }
}
