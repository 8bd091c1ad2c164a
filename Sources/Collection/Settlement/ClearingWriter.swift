import Postgres
import Values

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Keeps what cashiers entered as paid without cash until the bank confirms it.
enum ClearingWriter {
    /// Enters a counter payment whose notice has been written.
    static func enter(_ notice: Int64, in account: Int32, receiptNumber: String?, _ tx: borrowing Transaction) throws {
        try tx.query(
            """
            insert into clearing_item (notice_id, ledger_account, account_number, payment_request_id, amount,
                receipt_number, booked_on)
            select id, \(account)::integer, account_number, payment_request_id, amount, \(receiptNumber), booked_on
            from bank_notice where id = \(notice)::bigint
            """
        )
    }

    /// Clears what callbacks have confirmed and closes the cases of what was missing; the postings are written with the
    /// batch.
    static func clear(_ shown: [(entry: Int64, by: Int64?)], now: Instant) -> [Query] {
        let entries = shown.map(\.entry)
        return [
            """
            update clearing_item i set cleared_by_notice = s.notice, cleared_at = \(now)::timestamptz
            from unnest(\(entries)::bigint[], \(shown.map(\.by))::bigint[]) as s (entry, notice)
            where i.notice_id = s.entry
            """,
            CaseWriter.closeMissing(entries, now: now),
        ]
    }

    /// Clears counter payments that lines confirm; their money leaves the clearing account. Returns how many were
    /// cleared.
    ///
    /// - Parameter shown: the line and the notice of the counter's entry; other notices are ignored.
    static func clear(
        _ shown: [(line: Int64, notice: Int64)],
        from source: Source,
        now: Instant,
        _ tx: borrowing Transaction
    ) throws -> Int {
        guard !shown.isEmpty else { return 0 }
        let (kind, caseID, debit) = (source.kind, source.caseID, source.debitKind)
        return try tx.query(
            """
            with cleared as (
                update clearing_item i set cleared_by_line = l.id, cleared_at = \(now)::timestamptz,
                    cleared_reference = nullif(l.transaction_id, '')
                from unnest(\(shown.map(\.line))::bigint[], \(shown.map(\.notice))::bigint[]) as s (line, notice)
                    join statement_line l on l.id = s.line
                where i.notice_id = s.notice and i.cleared_at is null
                returning i.ledger_account, i.account_number, i.amount, i.payment_request_id, l.id as line, l.booked_on
            )
            insert into ledger_transfer (debit_account, credit_account, amount, kind, payment_request_id,
                statement_line_id, case_id, booked_on, recorded_at)
            select ledger_account_of(\(debit), c.account_number), c.ledger_account, c.amount, \(kind),
                c.payment_request_id, c.line, \(caseID)::bigint, c.booked_on, \(now)::timestamptz
            from cleared c
            """
        ).affected
    }

    /// Where the money of a line is when the line turns out to confirm a counter payment.
    enum Source {
        /// It arrives with the line.
        case bank
        /// It went to suspense with the line, for this case.
        case suspense(caseID: Int64)

        var kind: String { if case .bank = self { "clearing" } else { "confirmed_by_hand" } }
        var debitKind: String { if case .bank = self { "bank" } else { "suspense" } }
        var caseID: Int64? { if case .suspense(let id) = self { id } else { nil } }
    }
}
