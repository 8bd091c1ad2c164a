public import Workflow

/// What decisions about an order to the Treasury are based on.
public struct RemittanceFacts: Sendable, Hashable {
    /// What the memo carries, `KHN…`.
    public let mark: String
    public let state: RemittanceState
    /// Ids of persons, as ``StandIns`` compares them.
    public let madeBy: String
    public let approvedBy: String?
    public let sentBy: String?

    public init(mark: String, state: RemittanceState, madeBy: String, approvedBy: String? = nil, sentBy: String? = nil)
    {
        self.mark = mark
        self.state = state
        self.madeBy = madeBy
        self.approvedBy = approvedBy
        self.sentBy = sentBy
    }
}
