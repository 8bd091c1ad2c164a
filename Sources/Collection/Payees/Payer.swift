import Casework
import Postgres
import Values

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The account that paid, if the bank reported it: the one on the line that shows the money.
enum Payer {
    /// Who paid the money of a case; `nil` if no line states it in a form that a bank could pay to.
    static func ofCase(_ id: Int64, _ tx: borrowing Transaction) throws -> Beneficiary? {
        try one(
            tx.query(
                """
                -- The lines are found first, by their ids: a condition with "or" would look at every line that there is.
                select distinct l.counterparty_bank, l.counterparty_account, l.counterparty_name
                from statement_line l
                where l.amount > 0 and l.id = any (array(
                    select c.statement_line_id from reconciliation_case c
                    where c.id = \(id)::bigint and c.statement_line_id is not null
                    union all
                    select o.line_id from reconciliation_case c join line_outcome o on o.notice_id = c.notice_id
                        and o.outcome in ('matched', 'recovered', 'amount_mismatch')
                    where c.id = \(id)::bigint
                    union all
                    select n.line_id from reconciliation_case c join line_notice n on n.notice_id = c.notice_id
                    where c.id = \(id)::bigint))
                """
            )
        )
    }

    /// Who paid a request; `nil` if its lines state no payer, or several.
    static func ofRequest(_ id: UUID, _ tx: borrowing Transaction) throws -> Beneficiary? {
        try one(
            tx.query(
                """
                select distinct l.counterparty_bank, l.counterparty_account, l.counterparty_name
                from statement_line l
                where l.amount > 0 and l.id = any (array(
                    select o.line_id from request_notice b join line_outcome o on o.notice_id = b.notice_id
                        and o.outcome in ('matched', 'recovered', 'amount_mismatch')
                    where b.payment_request_id = \(id)::uuid
                    union all
                    select n.line_id from request_notice b join line_notice n on n.notice_id = b.notice_id
                    where b.payment_request_id = \(id)::uuid))
                """
            )
        )
    }

    private static func one(_ rows: Rows) throws -> Beneficiary? {
        guard rows.count == 1 else { return nil }
        let (bank, account, name) = try rows[0].decode(String?.self, String?.self, String?.self)
        guard let bank, let account, let name else { return nil }
        let payer = Beneficiary(bankBIN: bank, account: account, name: String(name.prefix(70)))
        do { try payer.requirePayable() } catch { return nil }
        return payer
    }
}
