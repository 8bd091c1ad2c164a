import Matching
import Postgres
import Values

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// One reconciliation of an account: what it is about, and by what it judges.
struct ReconciliationRun: Sendable {
    let id: Int64
    let account: String
    let through: Day
    let now: Instant
    let graceSeconds: Int64
    /// Who began it.
    let by: Person

    var reader: MatchingReader { MatchingReader(account: account, through: through, graceSeconds: graceSeconds) }

    /// Where a run begins.
    struct Beginning: Sendable {
        let state: ReconciliationState
        let books: BooksOfAccount
        let end: OpenHeads.End
    }

    /// Books the opening balance, and sees to it that everything of the account up to the end is there.
    ///
    /// Imports of the account wait only for this: what they bring later has higher ids, and is left to the next run.
    func begin(_ tx: borrowing Transaction) throws -> Beginning {
        try Locks.statements(of: account, tx)
        let state = try ReconciliationState.read(account, tx)
        let books = try BooksOfAccount.of(account, tx)
        try OpeningBalance.book(account, books, now: now, tx)
        try Locks.settlement(of: account, tx)
        return Beginning(state: state, books: books, end: try .read(tx))
    }

    /// What is open, and the exact matches among it.
    struct Open: Sendable {
        let heads: OpenHeads
        let exact: ExactMatch
    }

    func open(_ beginning: Beginning, _ tx: borrowing Transaction) throws -> Open {
        let heads = try OpenHeads.read(account, through: through, since: beginning.state, upTo: beginning.end, tx)
        return Open(heads: heads, exact: ExactMatch(lines: heads.lines, notices: heads.notices))
    }

    /// Pass `transaction_id`: nearly all lines end here. It writes nothing that a callback looks at, and no callback changes
    /// what it found: a transfer is counted once.
    func write(_ pairs: ArraySlice<ExactMatch.Pair>, of heads: OpenHeads, _ tx: borrowing Transaction) throws {
        try OutcomeWriter.writePairs(pairs, heads, run: id, tx)
        guard !heads.recorded.isEmpty else { return }
        let shown = pairs.map { heads.notices[$0.notice] }
        try MissingPaymentsWriter.close(shown, recorded: heads.recorded, now: now, tx)
    }

    /// The lines that the exact match left, in parts each of which is judged alone.
    struct Rest: Sendable {
        let terms: MatchingReader.Terms
        let lines: [Line]
        let requests: [String: UUID]
        let parts: [[Int]]
        let joint: [Int]
    }

    /// - Parameter size: how many lines a part has, about.
    func rest(of open: Open, _ size: Int, _ tx: borrowing Transaction) throws -> (Rest, OpenNotices) {
        let terms = try reader.terms(tx)
        let lines = try reader.lines(open.heads.open(open.exact.openLines), tx)
        let links = try reader.links(lines, terms, tx)
        let notices = open.exact.openNotices.map { open.heads.notices[$0] }
        let independent = IndependentLines(
            lines: lines,
            notices: notices + (try OpenHeads.counterPayments(account, tx)),
            facts: links
        )
        let rest = Rest(
            terms: terms,
            lines: lines,
            requests: links.requests,
            parts: independent.parts(of: size),
            joint: independent.joint
        )
        let recorded = open.heads.recorded
        return (rest, OpenNotices(notices, recorded: recorded, lines: lines, requests: links.requests))
    }

    /// Ends the run, with the lock of settlement: no line is left. Callbacks that came while payments without a line were
    /// written, and what cashiers entered, are looked at now.
    ///
    /// - Parameter most: how many cases of counter payments are opened at once.
    /// - Returns: whether the run has ended; there may be more counter payments.
    func finish(
        _ beginning: Beginning,
        _ terms: MatchingReader.Terms,
        seen: Int64,
        most: Int,
        _ tx: borrowing Transaction
    ) throws -> Finish {
        let late = try LateNotices.read(account, after: seen, tx)
        let counter = MatchingPasses.missingPayments(
            among: try OpenHeads.counterPayments(account, tx),
            through: through,
            terms.calendar
        )
        let missing =
            MatchingPasses.missingPayments(among: late.notices, through: through, terms.calendar)
            + counter.prefix(most)
        let written = try MissingPaymentsWriter(run: self).write(late.notices, missing, tx)
        let isLast = counter.count <= most
        if isLast {
            try beginning.state.advance(to: through, line: beginning.end.line, notice: late.last + 1, tx)
            try tx.query(
                "update reconciliation_run set finished_at = clock_timestamp() where id = \(id)::bigint"
            )
            let detail: JSON = ["account_number": .string(account), "through": .text(through)]
            try Audit.record(tx, by, "reconciliation.finish", "reconciliation:\(id)", detail)
        }
        return Finish(isLast: isLast, missing: written, seen: late.last)
    }

    struct Finish: Sendable {
        let isLast: Bool
        let missing: Int
        let seen: Int64
    }
}

extension LineOutcome {
    /// The outcomes in the display order of their counts.
    static let counted: [LineOutcome] = [
        .matched, .recovered, .grouped, .amountMismatch, .duplicateLine, .unmatched,
    ]
}
