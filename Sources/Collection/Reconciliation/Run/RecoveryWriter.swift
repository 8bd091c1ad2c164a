import Cryptography
import Matching
import Postgres
import Settlement
import Values

/// Settles what lines pay if the callback was lost, through the same entry point as any other money.
struct RecoveryWriter {
    let run: ReconciliationRun
    let books: BooksOfAccount

    /// The notices of recovered lines, in the order of their payments.
    typealias Recovered = [Int64: [Int64]]

    /// Settles the recoveries of trusted statements.
    func settle(_ items: OpenItems, _ tx: borrowing Transaction) throws -> Recovered {
        let recoveries = items.decisions.filter { !$0.payments.isEmpty && !$0.awaitsConfirmation }
        guard !recoveries.isEmpty else { return [:] }
        let lines = items.decidedLines
        let payments = recoveries.flatMap { decision in decision.payments.map { (decision, $0) } }
        let rows = payments.compactMap { decision, payment in
            lines[decision.lineID].map { line in
                NoticeRow(
                    of: line,
                    paying: payment,
                    account: run.account,
                    debit: books.bank,
                    suspense: books.suspense
                )
            }
        }
        let results = try SettlementStore.settle(
            rows,
            terms: SettlementTerms(now: run.now, graceSeconds: run.graceSeconds),
            in: tx
        )
        var recovered: Recovered = [:]
        for ((decision, payment), result) in zip(payments, results) {
            guard case .settled(let settled) = result, settled.outcome == .settled || settled.outcome == .partial,
                let notice = settled.noticeID
            else {
                // Facts and requests are locked, so settlement finds the same as the passes.
                throw ServiceError.recoveryRefused(line: decision.lineID, reference: payment.reference)
            }
            recovered[decision.lineID, default: []].append(notice)
        }
        return recovered
    }
}

extension NoticeRow {
    /// The notice for what a line pays of a request.
    ///
    /// - Parameter debit: where its money is: the bank account, or suspense if it waited for confirmation.
    init(of line: Line, paying payment: LineDecision.Payment, account: String, debit: Int32, suspense: Int32) {
        // One of several payments of a line is not the transfer, so it does not have its id.
        let isWhole = payment.amount == line.amount
        let key = isWhole ? "line:\(line.id)" : "line:\(line.id):\(payment.requestID.text)"
        self.init(
            Notice(
                source: .statement,
                transactionID: key,
                contentHash: SHA256.hash(Array(key.utf8)),
                amount: payment.amount,
                accountNumber: account,
                bankReference: isWhole ? line.transactionID ?? key : key,
                references: [payment.reference],
                occurredAt: line.bookedAt,
                priceHolds: true
            ),
            memo: line.memo.isEmpty ? nil : line.memo,
            debitAccount: debit,
            suspenseAccount: suspense
        )
    }
}
