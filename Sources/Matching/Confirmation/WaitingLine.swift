public import Values

/// A line that waits for confirmation, and what it would pay: at least one request.
public struct WaitingLine: Sendable, Hashable {
    public let line: Line
    /// The line's number in its file.
    public let number: Int32
    public let proposals: [Int64]
    /// What it would pay, one item for each proposal.
    public let payments: [LineDecision.Payment]

    public init(line: Line, number: Int32, proposals: [Int64], payments: [LineDecision.Payment]) {
        precondition(!payments.isEmpty && proposals.count == payments.count, "a line waits with what it would pay")
        self.line = line
        self.number = number
        self.proposals = proposals
        self.payments = payments
    }

    /// The amount of the line that waits in suspense.
    public var total: Money { payments.map(\.amount).total() }
}
