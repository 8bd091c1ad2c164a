import Postgres
import Settlement
import Values

/// Settles a batch of notices: locks, reads the facts, decides, and writes the decisions. The single entry point for
/// money, whatever reports it: a callback, a line, a counter or persons who decide.
enum SettlementStore {
    /// One result for each row, in their order; all are committed with the transaction, or none.
    ///
    /// Locks the settlement of the accounts (shared) and then the requests that the rows name, in the order of their ids.
    static func settle(_ rows: [NoticeRow], terms: SettlementTerms, in tx: borrowing Transaction) throws
        -> [SettlementResult]
    {
        try tx.query(Locks.shareSettlement(of: rows.map(\.notice.accountNumber)))
        return try settleLocked(rows, terms: terms, in: tx)
    }

    /// Settles rows of accounts whose settlement the transaction has locked (shared).
    private static func settleLocked(_ rows: [NoticeRow], terms: SettlementTerms, in tx: borrowing Transaction) throws
        -> [SettlementResult]
    {
        let notices = rows.map(\.notice)
        let known = try SettlementFacts.read(notices, at: terms.now, tx)
        let verdicts = SettlementBatch.decide(notices, facts: known.facts, terms: terms)
        let effects = Effects(of: verdicts, on: notices)
        let ids = known.ids(for: verdicts)
        try SettlementWriter(rows: rows, known: known, ids: ids, now: terms.now).write(verdicts, effects, tx)
        return zip(verdicts, ids).map { verdict, id in
            switch verdict {
            case .needsPrice(let day): .needsPrice(day)
            case .decided(let decision):
                .settled(
                    Settled(
                        outcome: decision.outcome,
                        reason: decision.reason,
                        paymentRequestID: decision.requestID,
                        basketID: decision.requestID == nil ? decision.basketID : nil,
                        noticeID: id
                    )
                )
            }
        }
    }

    /// As ``settle(_:terms:in:)``, but never waits for a run: notices of an account that is being judged are left, and the
    /// others are settled.
    static func settleWhereFree(_ rows: [NoticeRow], terms: SettlementTerms, in tx: borrowing Transaction) throws
        -> [SettlementResult]
    {
        let free = try Locks.tryShareSettlement(of: rows.map(\.notice.accountNumber), tx)
        let chosen = rows.filter { free.contains($0.notice.accountNumber) }
        guard !chosen.isEmpty else { return rows.map { _ in .accountIsJudged } }
        var results = try settleLocked(chosen, terms: terms, in: tx)[...]
        return rows.map { free.contains($0.notice.accountNumber) ? results.removeFirst() : .accountIsJudged }
    }
}
