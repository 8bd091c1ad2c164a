import Casework
import Postgres
import Values
import Workflow

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Reads the facts that decisions about a case are based on, under their locks.
enum CaseStore {
    /// Locks a case and its money for the rest of the transaction, so that two decisions cannot claim the same money.
    /// Throws `notFound` if it does not exist or does not belong to these agencies.
    static func lock(_ id: Int64, within agencies: [String]?, _ tx: borrowing Transaction) throws -> CaseFacts {
        try Locks.shareReconciliation(ofCase: id, tx)
        let rows = try tx.query(
            """
            select kind, state, account_number, payment_request_id, statement_line_id from reconciliation_case
            where id = \(id)::bigint and (\(agencies)::text[] is null or agency_code = any(\(agencies)::text[]))
            for update
            """
        )
        guard let row = rows.first else { throw ServiceError(.notFound, .none(.caseFile, id)) }
        let kind = try row.code(0, as: CaseKind.self)
        let lineID = try row.get(4, as: Int64?.self)
        let money = try self.money(id, tx)
        return CaseFacts(
            id: id,
            kind: kind,
            state: try row.code(1),
            accountNumber: try row.get(2),
            requestID: try row.get(3),
            line: kind.heldBy == .line ? try lineID.map { try line($0, ofCase: id, tx) } : nil,
            held: money.held,
            used: money.used,
            proposal: try CaseProposal.waiting(id, tx)?.proposal,
            payer: try Payer.ofCase(id, tx)
        )
    }

    /// Whose case it is: of its request's agency, or else of its own; `nil` if of none.
    static func agency(ofCase id: Int64, _ tx: borrowing Transaction) throws -> String? {
        try tx.query(
            """
            select coalesce(r.agency_code, c.agency_code) from reconciliation_case c
                left join payment_request r on r.id = c.payment_request_id
            where c.id = \(id)::bigint
            """
        ).first?.get(0)
    }

    private static func money(_ id: Int64, _ tx: borrowing Transaction) throws -> (held: Money, used: Money) {
        try tx.query("insert into case_money (case_id) values (\(id)::bigint) on conflict do nothing")
        return try tx.query("select held, used from case_money where case_id = \(id)::bigint for update").row()
            .decode(Money.self, Money.self)
    }

    private static func line(_ line: Int64, ofCase id: Int64, _ tx: borrowing Transaction) throws -> CaseFacts.Line {
        let (amount, isCounted) = try tx.query(
            """
            select l.amount, exists (
                select 1 from bank_notice b
                where b.account_number = l.account_number and b.bank_reference = l.transaction_id
                    and b.amount = l.amount and b.applied_amount + b.suspense_amount + b.cleared_amount > 0
                    and b.id is distinct from c.notice_id)
            from statement_line l, reconciliation_case c where l.id = \(line)::bigint and c.id = \(id)::bigint
            """
        ).row().decode(Money.self, Bool.self)
        return CaseFacts.Line(id: line, amount: amount, isCounted: isCounted)
    }
}
