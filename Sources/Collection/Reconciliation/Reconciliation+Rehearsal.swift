import Postgres
public import Values

extension Reconciliation {
    /// A run that did not take place: what it would have classified.
    public struct Rehearsal: Sendable {
        public let accountNumber: String
        public let through: Day
        public let counts: JSON

        /// What `khop reconcile --dry-run --json` prints and the API returns: the counts of a run, and no id.
        public var json: JSON {
            let members: [JSON.Member] = [
                .init("run_id", .null), .init("dry_run", true), .init("account_number", .string(accountNumber)),
                .init("through", .text(through)),
            ]
            return .object(
                members + Reconciliation.outcomes.map { name in .init(name, counts[name] ?? .integer(0)) }
            )
        }
    }

    /// Classifies what ``run(account:through:by:)`` would classify now, and stores nothing. Neither settlement nor an
    /// import nor a run waits for it.
    public func rehearse(account: String, through: Day) async throws -> Rehearsal {
        try await Accounts.require(account, in: database)
        let rehearsal = MatchingRehearsal(account: account, graceSeconds: graceSeconds)
        let counts = try await runs.read { tx in
            try rehearsal.run(through: through, notices: try rehearsal.notices(tx), in: tx).counts.json
        }
        return Rehearsal(accountNumber: account, through: through, counts: counts)
    }
}
