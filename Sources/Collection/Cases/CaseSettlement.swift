import Cryptography
import Postgres
import Settlement
import Values

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Pays a request from what a case holds in suspense, through the single entry point for money.
enum CaseSettlement {
    /// Settles a part of a case's money, or all of it. Throws `conflict` when the request no longer takes it.
    static func settle(
        _ row: CaseRow,
        request: UUID,
        amount: Money,
        now: Instant,
        _ tx: borrowing Transaction
    ) throws {
        let source = try Source.read(row, tx)
        let reference = try tx.query(
            "select reference from payment_request where id = \(request)::uuid for update"
        ).row().get(0, as: String.self)
        try tx.query("insert into case_money (case_id) values (\(row.id)::bigint) on conflict do nothing")
        let uses = try tx.query(
            "select count(*) + 1 from suspense_use where case_id = \(row.id)::bigint"
        ).row().get(0, as: Int64.self)
        // A whole line stands for its transfer as a recovered one does, so that its callback, when it comes, is known.
        let isWholeLine = source.lineID != nil && !source.hasNotice && amount == source.amount
        let key = isWholeLine ? "line:\(source.lineID ?? 0)" : "case:\(row.id):\(uses)"
        if source.isCounted { throw refused }
        let suspense = try BooksOfAccount.of(source.account, tx).suspense
        let notice = NoticeRow(
            Notice(
                source: isWholeLine ? .statement : .person,
                transactionID: key,
                contentHash: SHA256.hash(Array(key.utf8)),
                amount: amount,
                accountNumber: source.account,
                bankReference: isWholeLine ? source.transactionID ?? key : key,
                references: [reference],
                occurredAt: source.at,
                priceHolds: true
            ),
            memo: source.memo,
            debitAccount: suspense,
            suspenseAccount: suspense
        )
        // Two persons have decided, so neither grace nor a changed price stands in the way.
        let terms = SettlementTerms(now: now, graceSeconds: 100 * 365 * 86_400)
        guard case .settled(let settled)? = try SettlementStore.settle([notice], terms: terms, in: tx).first,
            settled.outcome == .settled || settled.outcome == .partial, let id = settled.noticeID
        else { throw refused }
        try tx.query(
            """
            insert into suspense_use (case_id, action, amount, notice_id)
            values (\(row.id)::bigint, 'settle', \(amount)::bigint, \(id)::bigint)
            """
        )
    }

    private static var refused: ServiceError {
        ServiceError(
            .conflict,
            Phrase(
                vi: "Yêu cầu không còn nhận số tiền này. Rút đề nghị và quyết định lại.",
                en: "The request no longer accepts this money. Withdraw the proposal and decide again."
            )
        )
    }

    /// Where the money of a case came from.
    private struct Source {
        let account: String
        let lineID: Int64?
        let transactionID: String?
        /// Of the line, or of the notice.
        let amount: Money
        let at: Instant
        let memo: String?
        let hasNotice: Bool
        /// A callback has reported the line's transfer since: then it is counted, and not again.
        let isCounted: Bool

        static func read(_ row: CaseRow, _ tx: borrowing Transaction) throws -> Source {
            let found = try tx.query(
                """
                select c.account_number, l.id, nullif(l.transaction_id, ''), coalesce(l.amount, b.amount),
                    coalesce(l.booked_at, b.occurred_at), coalesce(l.memo, b.memo), c.notice_id is not null,
                    exists (select 1 from bank_notice n
                        where n.account_number = l.account_number and n.bank_reference = l.transaction_id
                            and n.amount = l.amount and n.applied_amount + n.suspense_amount > 0
                            and n.id is distinct from c.notice_id)
                from reconciliation_case c left join statement_line l on l.id = c.statement_line_id
                    left join bank_notice b on b.id = c.notice_id
                where c.id = \(row.id)::bigint
                """
            ).row()
            let (account, line, transaction, amount, at, memo, hasNotice, isCounted) = try found.decode(
                String.self,
                Int64?.self,
                String?.self,
                Money.self,
                Instant.self,
                String?.self,
                Bool.self,
                Bool.self
            )
            return Source(
                account: account,
                lineID: line,
                transactionID: transaction,
                amount: amount,
                at: at,
                memo: memo,
                hasNotice: hasNotice,
                isCounted: isCounted
            )
        }
    }
}
