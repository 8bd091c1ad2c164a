import Casework
import Cryptography
import Postgres
import Settlement
import Values

/// Pays a request from what a case holds in suspense, through the single entry point for money.
enum CaseSettlement {
    /// Settles a request with all or part of a case's money; the request must be locked. Throws if it no longer accepts
    /// the money.
    static func settle(
        _ share: CaseMove.Share,
        of facts: CaseFacts,
        now: Instant,
        _ tx: borrowing Transaction
    ) throws {
        let source = try Source.read(facts, tx)
        let uses = try tx.query(
            "select count(*) + 1 from suspense_use where case_id = \(facts.id)::bigint"
        ).row().get(0, as: Int64.self)
        // A whole line stands for its transfer, as a recovered one does, so that a later callback is recognised.
        let wholeLine = source.hasNotice ? nil : facts.line.flatMap { $0.amount == share.amount ? $0.id : nil }
        let key = wholeLine.map { "line:\($0)" } ?? "case:\(facts.id):\(uses)"
        let suspense = try BooksOfAccount.of(source.account, tx).suspense
        let notice = NoticeRow(
            Notice(
                source: wholeLine == nil ? .person : .statement,
                transactionID: key,
                contentHash: SHA256.hash(Array(key.utf8)),
                amount: share.amount,
                accountNumber: source.account,
                bankReference: wholeLine == nil ? key : source.transactionID ?? key,
                references: [share.reference],
                occurredAt: source.at,
                priceHolds: true
            ),
            memo: source.memo,
            debitAccount: suspense,
            suspenseAccount: suspense
        )
        // Two persons have decided, so neither the grace period nor a changed price matters.
        let terms = SettlementTerms(now: now, graceSeconds: 100 * 365 * 86_400)
        guard case .settled(let settled)? = try SettlementStore.settle([notice], terms: terms, in: tx).first,
            settled.outcome == .settled || settled.outcome == .partial, let id = settled.noticeID
        else { throw refused }
        try tx.query(
            """
            insert into suspense_use (case_id, action, amount, notice_id)
            values (\(facts.id)::bigint, 'settle', \(share.amount)::bigint, \(id)::bigint)
            """
        )
    }

    private static var refused: ServiceError {
        ServiceError(
            .conflict,
            Phrase(
                vi: "Yêu cầu không còn nhận số tiền này. Hãy rút đề xuất và quyết định lại.",
                en: "The request no longer accepts this money. Withdraw the proposal and decide again."
            )
        )
    }

    /// Where the money of a case came from.
    private struct Source {
        let account: String
        /// The bank's own id of the line's transfer.
        let transactionID: String?
        let at: Instant
        let memo: String?
        let hasNotice: Bool

        static func read(_ facts: CaseFacts, _ tx: borrowing Transaction) throws -> Source {
            let row = try tx.query(
                """
                select c.account_number, nullif(l.transaction_id, ''), coalesce(l.booked_at, b.occurred_at),
                    coalesce(l.memo, b.memo), c.notice_id is not null
                from reconciliation_case c left join statement_line l on l.id = c.statement_line_id
                    left join bank_notice b on b.id = c.notice_id
                where c.id = \(facts.id)::bigint
                """
            ).row()
            return Source(
                account: try row.get(0),
                transactionID: try row.get(1),
                at: try row.get(2),
                memo: try row.get(3),
                hasNotice: try row.get(4)
            )
        }
    }
}
