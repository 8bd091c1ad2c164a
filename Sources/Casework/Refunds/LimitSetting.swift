public import Values

/// A limit as it was set for one role, in a locality and what lies below it.
public struct LimitSetting: Sendable, Hashable {
    /// `nil` for every locality.
    public let localityCode: String?
    public let limit: ApprovalLimit
    public let setOn: Day

    public init(localityCode: String?, limit: ApprovalLimit, setOn: Day) {
        self.localityCode = localityCode
        self.limit = limit
        self.setOn = setOn
    }
}
