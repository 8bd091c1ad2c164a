public import BankCallbacks
public import Values

/// What was played, and what was answered to it, kind by kind.
public struct PlayTally: Sendable {
    /// All transfers of one kind.
    public struct Line: Sendable {
        public let kind: TransferKind
        public let transfers: Int
        public let amount: Money
        /// How often each answer came, the most frequent first; status 0 for none.
        public let answers: [(status: Int, outcome: String?, count: Int)]
    }

    public let lines: [Line]

    public init(_ transfers: [PlayedTransfer], _ answers: [BankTeller.Answer]) {
        lines = TransferKind.allCases.compactMap { kind in
            let made = transfers.filter { $0.kind == kind }
            guard !made.isEmpty else { return nil }
            let told = Dictionary(grouping: answers.filter { $0.kind == kind }) { "\($0.status) \($0.outcome ?? "")" }
            return Line(
                kind: kind,
                transfers: made.count,
                amount: made.reduce(.zero) { $0 + $1.payment.amount },
                answers: told.sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }.compactMap { _, same in
                    same.first.map { ($0.status, $0.outcome, same.count) }
                }
            )
        }
    }
}
