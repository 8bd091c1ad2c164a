public import Values
import Workflow

/// What approving the proposals on several cases would do, before it is done.
public struct CaseApprovals: Sendable {
    /// One case of it.
    public struct Item: Sendable {
        public let head: Case
        /// What waits on it; `nil` if nothing does.
        public let proposal: CaseFile.Proposal?
        /// Why the person cannot approve it; `nil` if they can.
        public let obstacle: Phrase?
    }

    public let items: [Item]

    /// Those that would be done.
    public var ready: [Item] { items.filter { $0.obstacle == nil && $0.proposal != nil } }
    /// The money that would move in all.
    public var total: Money { sum { _ in true } }
    /// Of it, what goes to requests.
    public var toRequests: Money { sum { $0.payee == nil && !$0.targets.isEmpty } }
    /// Of it, what goes back.
    public var goingBack: Money { sum { $0.payee != nil } }
    /// Of it, what does neither: debits that are refunds, and what is written off.
    public var other: Money { total - toRequests - goingBack }

    private func sum(_ counts: (CaseMoveShown) -> Bool) -> Money {
        ready.compactMap { $0.proposal?.move }.filter(counts).map(\.amount).total()
    }
}
