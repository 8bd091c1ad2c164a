public import Values
public import Workflow

/// What would be proposed for several cases at once, each by the suggestion that fits it best; nothing of it is stored.
public struct CaseBatch: Sendable {
    /// One case of it.
    public struct Item: Sendable {
        public let id: Int64
        public let kind: CaseKind
        /// The money in suspense for it.
        public let amount: Money
        /// What fits best; `nil` if nothing does.
        public let suggestion: CaseSuggestion?
        /// How much of the case's money the request would take.
        public let taken: Money
        /// Why nothing is proposed for it; `nil` if something is.
        public let obstacle: Phrase?
    }

    public let items: [Item]

    /// The cases that something would be proposed for.
    public var ready: [Item] { items.filter { $0.obstacle == nil } }
    public var suspense: Money { ready.map(\.amount).total() }
    public var taken: Money { ready.map(\.taken).total() }
    /// What would stay in suspense; 0 if every case's money is placed.
    public var left: Money { suspense - taken }

    /// What became of one case of a batch.
    public struct Done: Sendable {
        public let id: Int64
        /// Why nothing was done; `nil` if it was.
        public let fault: ServiceError?
    }
}
