public import Values

/// How much one person may approve without a third: of one refund, and in a day.
public struct ApprovalLimit: Sendable, Hashable {
    /// The amount of one refund; `nil` without a limit.
    public var refund: Money?
    /// The amount of all refunds of a day that one person approved alone; `nil` without a limit.
    public var day: Money?

    public static let none = ApprovalLimit(refund: nil, day: nil)

    public init(refund: Money?, day: Money?) {
        self.refund = refund
        self.day = day
    }

    /// Whether a refund is more than one person may approve.
    ///
    /// - Parameter before: what the person approved alone earlier that day.
    public func isExceeded(by amount: Money, before: Money) -> Bool {
        refund.map { amount > $0 } == true || day.map { before + amount > $0 } == true
    }

    /// The lower of both, part by part.
    public func capped(by other: ApprovalLimit) -> ApprovalLimit {
        func lower(_ left: Money?, _ right: Money?) -> Money? {
            guard let left, let right else { return left ?? right }
            return min(left, right)
        }
        return ApprovalLimit(refund: lower(refund, other.refund), day: lower(day, other.day))
    }

    /// Whether any part of it allows more than another does.
    public func allowsMore(than other: ApprovalLimit) -> Bool { capped(by: other) != self }
}
