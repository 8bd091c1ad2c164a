import Matching
import Postgres
import Values

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Lines that are judged together, in a transaction that holds the lock of settlement: a line without a notice is unreported
/// money, and a callback in flight would miss it.
struct JudgedLines: Sendable {
    let run: ReconciliationRun
    let terms: MatchingReader.Terms
    let books: BooksOfAccount
    let lines: [Line]
    /// The open notices that these lines may take, but for those that came since they were found.
    let notices: [OpenNotice]
    /// The notices on the list of unconfirmed ones.
    let recorded: Set<Int64>
    /// The last notice that was looked for.
    let seen: Int64
    /// Whether these are the last lines, so that payouts can be told by what is left.
    let isLast: Bool

    /// What was decided.
    struct Result: Sendable {
        let counts: RunCounts
        /// The notices that the lines showed.
        let shown: [Int64]
        /// The notices that came since.
        let late: LateNotices
    }

    /// Reads what decides, decides pass by pass, and writes.
    func judge(_ tx: borrowing Transaction) throws -> Result {
        let late = try LateNotices.read(run.account, after: seen, tx)
        let facts = try run.reader.facts(lines, terms, paysOut: isLast, tx)
        let requests = Set(facts.requests.values.map(\.id))
        let transactions = Set(lines.compactMap(\.transactionID))
        let counter = try OpenHeads.counterPayments(
            run.account,
            for: Array(requests),
            or: Array(transactions),
            shownBy: lines,
            tx
        )
        let subjects = requests.union(facts.baskets.values.map(\.id))
        let came = late.notices.filter { notice in
            transactions.contains(notice.bankReference) || notice.subjectID.map(subjects.contains) ?? false
                || notice.connectionID.map { facts.gateways[$0] != nil } ?? false
        }
        let known = notices + came + counter
        var items = OpenItems(lines: lines, notices: known, facts: facts)
        let recovered = try MatchingPasses.run(&items) { items in
            try RecoveryWriter(run: run, books: books).settle(items, tx)
        }
        try OutcomeWriter(run: run, books: books).write(items, recovered, tx)
        let left = Set(items.notices.map(\.id))
        let shown = known.filter { !left.contains($0.id) }
        try MissingPaymentsWriter.close(shown, recorded: recorded, now: run.now, tx)
        return Result(counts: RunCounts(items.decisions), shown: shown.map(\.id), late: late)
    }
}
