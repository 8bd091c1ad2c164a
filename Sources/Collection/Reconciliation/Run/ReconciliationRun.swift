import Matching
import Postgres
import Values

/// One reconciliation of an account, in one transaction: locks, reads what is open, decides pass by pass, and writes.
struct ReconciliationRun {
    let id: Int64
    let account: String
    let through: Day
    let now: Instant
    let graceSeconds: Int64

    /// Runs the passes of docs/money-rules.md in their order; a second run finds nothing to do.
    func run(in tx: borrowing Transaction) throws -> RunCounts {
        let firstNewCase = try lastCase(tx)
        let state = try ReconciliationState.read(account, tx)
        let books = try BooksOfAccount.of(account, tx)
        try OpeningBalance.book(account, books, now: now, tx)

        // Pass `transaction_id`: nearly all lines end here.
        let heads = try OpenHeads.read(account, through: through, since: state, tx)
        let exact = ExactMatch(lines: heads.lines, notices: heads.notices)
        try OutcomeWriter.writePairs(exact, heads, run: id, tx)

        // From here, a line without a notice is unreported money. A callback in flight would miss it, so settlement of
        // this account waits until commit, and notices settled since the first read are read now.
        try Locks.settlement(of: account, tx)
        let late = try LateNotices.read(account, after: heads, since: state, now: now, tx)
        let counter = try OpenHeads.counterPayments(account, tx)
        let openNotices = exact.openNotices.map { heads.notices[$0] } + late.notices + counter
        var items = try MatchingReader(account: account, through: through, graceSeconds: graceSeconds)
            .items(lines: heads.open(exact.openLines), notices: openNotices, tx)

        // Passes `refund`, `transaction_id` for late notices, `repetition`, `other_amount`, `reference`, `recovery`,
        // `several_requests`, `several_transfers`.
        for pass in MatchingPasses.upToRecovery { pass(&items) }
        let recovered = try RecoveryWriter(run: self, books: books).settle(items, tx)
        // Passes `payout`, `known_request`, `remainder`.
        for pass in MatchingPasses.afterRecovery { pass(&items) }
        try OutcomeWriter(run: self, books: books).write(items, recovered, tx)
        let missing = try MissingPaymentsWriter(run: self).write(items, heads.notices + late.notices + counter, tx)

        try state.advance(to: through, line: heads.lastLine, notice: late.lowestOpenID, tx)
        return RunCounts(
            matched: exact.pairs.count,
            decisions: items.decisions,
            missing: missing,
            casesOpened: try casesOpened(after: firstNewCase, tx)
        )
    }

    private func lastCase(_ tx: borrowing Transaction) throws -> Int64 {
        try tx.query("select coalesce(max(id), 0) from reconciliation_case").row().get(0)
    }

    private func casesOpened(after last: Int64, _ tx: borrowing Transaction) throws -> Int64 {
        try tx.query(
            """
            select count(*) from reconciliation_case where id > \(last)::bigint and account_number = \(account)
            """
        ).row().get(0)
    }
}

extension LineOutcome {
    /// The outcomes in the display order of their counts.
    static let counted: [LineOutcome] = [
        .matched, .recovered, .grouped, .amountMismatch, .duplicateLine, .unmatched,
    ]
}
