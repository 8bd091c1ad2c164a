import Identity
import Postgres
import Values
import Workflow

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// What a request was paid with, and the cases about it.
extension PaymentStories {
    /// Those that brought the money; of what persons moved out of a case, also the notice that the case is about.
    static func notices(_ id: UUID, _ tx: borrowing Transaction) throws -> [PaymentStory.Notice] {
        try tx.query(
            """
            select b.id, b.source, c.name, b.provider_transaction_id, b.outcome, b.amount, b.account_number, b.memo,
                b.occurred_at, b.received_at, b.raw, b.reason, l.statement_id, l.line_number, l.booked_at, l.amount,
                l.memo, concat_ws(' · ', l.counterparty_name, l.counterparty_account), (
                    select p.amount from basket_part p where p.notice_id = b.id and p.payment_request_id = \(id)),
                w.cashier_name, w.id, u.case_id
            from bank_notice b left join connection c on c.id = b.connection_id
                left join line_outcome o on o.notice_id = b.id
                    and o.outcome in ('matched', 'recovered', 'amount_mismatch')
                left join lateral (
                    select s.case_id, k.statement_line_id
                    from suspense_use s join reconciliation_case k on k.id = s.case_id
                    where s.notice_id = b.id order by s.id limit 1) u on true
                left join statement_line l on l.id = coalesce(o.line_id, u.statement_line_id)
                left join shift_taking t on t.notice_id = b.id left join shift w on w.id = t.shift_id
            where b.id in (
                select n.notice_id from request_notice n where n.payment_request_id = \(id)
                union
                select k.notice_id from request_notice n join suspense_use s on s.notice_id = n.notice_id
                    join reconciliation_case k on k.id = s.case_id
                where n.payment_request_id = \(id))
            order by b.id limit \(maximum)
            """
        ).map { row in
            let statement: Int64? = try row.get(12)
            return PaymentStory.Notice(
                id: try row.get(0),
                source: try row.get(1),
                connection: try row.get(2),
                transactionID: try row.get(3),
                outcome: try row.get(4),
                amount: try row.get(5),
                accountNumber: try row.get(6),
                memo: try row.get(7),
                occurredAt: try row.get(8),
                receivedAt: try row.get(9),
                raw: try row.get(10, as: Bytes?.self)?.bytes,
                reason: try row.get(11, as: JSON?.self).flatMap { Reason(stored: $0) },
                line: try statement.map { statement in
                    PaymentStory.Line(
                        statementID: statement,
                        number: try row.get(13),
                        bookedAt: try row.get(14),
                        amount: try row.get(15),
                        memo: try row.get(16),
                        counterparty: try row.get(17)
                    )
                },
                share: try row.get(18),
                taking: try row.get(20, as: Int64?.self).map { shift in
                    PaymentStory.Taking(cashier: try row.get(19), shiftID: shift)
                },
                caseID: try row.get(21)
            )
        }
    }

    static func cases(_ id: UUID, _ tx: borrowing Transaction) throws -> [PaymentStory.CaseOfRequest] {
        try tx.query(
            """
            select c.id, c.kind, c.state = 'open', c.amount, c.opened_at, c.ended_at, c.ended_by, c.action, c.reason
            from reconciliation_case c
            where c.id in (
                select id from reconciliation_case where payment_request_id = \(id)
                union
                select k.id from request_notice n join reconciliation_case k on k.notice_id = n.notice_id
                    and k.kind in ('overpaid', 'late', 'unknown_reference', 'other_account', 'missing_at_bank')
                    and k.action is distinct from 'statement_undone'
                where n.payment_request_id = \(id)
                union
                select s.case_id from request_notice n join suspense_use s on s.notice_id = n.notice_id
                where n.payment_request_id = \(id))
            order by c.id limit \(maximum)
            """
        ).map { row in
            PaymentStory.CaseOfRequest(
                id: try row.get(0),
                kind: try row.code(1),
                isOpen: try row.get(2),
                amount: try row.get(3),
                openedAt: try row.get(4),
                endedAt: try row.get(5),
                endedBy: try row.get(6),
                action: try row.get(7),
                reason: try row.get(8, as: JSON?.self).flatMap { Reason(stored: $0) }
            )
        }
    }

    /// The cases with what persons decided about each.
    func decided(_ cases: [PaymentStory.CaseOfRequest]) async throws -> [PaymentStory.CaseOfRequest] {
        guard !cases.isEmpty else { return cases }
        let rows = try await database.query(
            """
            select case_id, happened_at, actor_name, detail from case_event
            where case_id = any(\(cases.map(\.id))::bigint[]) and event = 'performed' order by id
            limit \(PaymentStories.maximum)
            """
        )
        var decisions: [Int64: [PaymentStory.Decision]] = [:]
        for row in rows {
            let detail: JSON = try row.get(3)
            let decision = PaymentStory.Decision(
                at: try row.get(1),
                action: detail["action"]?.string ?? "",
                proposedBy: detail["proposed_by"]?.string ?? "",
                note: detail["note"]?.string ?? "",
                approvedBy: try row.get(2),
                approvalNote: detail["approval_note"]?.string
            )
            decisions[try row.get(0), default: []].append(decision)
        }
        return cases.map { one in
            var one = one
            one.decisions = decisions[one.id] ?? []
            return one
        }
    }
}
