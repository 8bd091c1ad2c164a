import Matching
import Postgres
import Values

/// What a run would decide, by the same reading and the same passes as ``ReconciliationRun``, in one snapshot: nothing
/// is written and nothing is locked, so that nobody waits for it.
struct MatchingRehearsal {
    let account: String
    let graceSeconds: Int64

    /// The decisions of a run that did not take place.
    struct Decided {
        let heads: OpenHeads
        let exact: ExactMatch
        let items: OpenItems
        let counts: RunCounts
    }

    /// The open notices, which do not depend on the lines.
    ///
    /// The transaction must have one snapshot for all statements.
    func notices(_ tx: borrowing Transaction) throws -> OpenHeads {
        var heads = OpenHeads()
        try heads.readNotices(account, try ReconciliationState.read(account, tx), OpenHeads.End(), tx)
        return heads
    }

    /// Decides the open lines of the days through one.
    ///
    /// - Parameters:
    ///   - heads: what ``notices(_:)`` has read, in the same transaction.
    ///   - incoming: lines that are not stored, as if they had been imported.
    func run(through: Day, notices heads: OpenHeads, incoming: IncomingLines? = nil, in tx: borrowing Transaction)
        throws
        -> Decided
    {
        var heads = heads
        try heads.readLines(account, through, try ReconciliationState.read(account, tx), OpenHeads.End(), tx)
        if let incoming { heads.lines += incoming.heads }
        let exact = ExactMatch(lines: heads.lines, notices: heads.notices)

        // In one snapshot no notice is late, and the pairs of the exact match are not there to be read again. All lines
        // are judged together, which is the same as part by part.
        let notices = exact.openNotices.map { heads.notices[$0] } + (try OpenHeads.counterPayments(account, tx))
        var reader = MatchingReader(account: account, through: through, graceSeconds: graceSeconds)
        reader.locks = false
        reader.incoming = incoming
        let lines = try reader.lines(heads.open(exact.openLines), tx)
        var facts = try reader.facts(lines, try reader.terms(tx), tx)
        let keys = Set(lines.compactMap { $0.isCredit ? $0.key : nil })
        facts.earlierLines.merge(heads.transfers(shownBy: exact, among: keys)) { $1 }

        // A run settles recoveries between the passes, which changes none of the facts that the later ones look at.
        var items = OpenItems(lines: lines, notices: notices, facts: facts)
        MatchingPasses.run(&items)
        let counts =
            RunCounts(matched: exact.pairs.count) + RunCounts(items.decisions)
            + RunCounts(missing: MatchingPasses.missingPayments(items).count)
        return Decided(heads: heads, exact: exact, items: items, counts: counts)
    }
}
