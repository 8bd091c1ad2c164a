import Casework
import Postgres
import Values
import Workflow

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

extension Refunds {
    /// Books an approved refund from revenue or suspense to the refunds that are about to leave the bank. It is then
    /// part of the next payment file.
    public func execute(_ id: UUID, by person: Person, within agencies: [String]? = nil) async throws -> Refund {
        try await change(id, within: agencies) { found, tx in
            let state = try RefundRules.execute(found.facts)
            let now = Instant.now()
            // Before its parts are read: no other refund of the request is booked meanwhile.
            let request = try found.paymentRequestID.flatMap { try RequestStore.lock(ids: [$0], within: nil, tx).first }
            try tx.query(
                """
                update refund set state = \(state.rawValue), executed_by = \(person.id),
                    executed_by_name = \(person.name), executed_at = \(now)::timestamptz, executed_on = \(now.day)::date
                where id = \(id)::uuid
                """
            )
            try Refunds.post(id, now, tx)
            if let request {
                try Refunds.count(found, of: request, tx)
                let reason = "Hoàn trả số tiền đã nộp (lệnh hoàn \(found.endToEndID))"
                try ReceiptWriter.correct(for: [request.id], because: reason, now: now, tx)
            }
            try Audit.record(
                tx,
                person,
                "refund.execute",
                "refund:\(id.text)",
                ["amount": .money(found.amount), "end_to_end_id": .string(found.endToEndID)]
            )
        }
    }

    /// One posting for each part.
    private static func post(_ id: UUID, _ now: Instant, _ tx: borrowing Transaction) throws {
        try tx.query(
            """
            insert into ledger_transfer (debit_account, credit_account, amount, kind, payment_request_id, case_id,
                refund_id, booked_on, recorded_at)
            select case when p.case_id is null then r.revenue_account
                    else ledger_account_of('suspense', c.account_number) end,
                ledger_account_of('refund', f.account_number), p.amount, 'refund',
                coalesce(p.payment_request_id, c.payment_request_id), p.case_id, f.id, \(now.day)::date,
                \(now)::timestamptz
            from refund_part p join refund f on f.id = p.refund_id
                left join payment_request r on r.id = p.payment_request_id
                left join reconciliation_case c on c.id = p.case_id
            where p.refund_id = \(id)::uuid
            order by p.part
            """
        )
    }

    /// Updates the refunded amount and the state of the request.
    private static func count(_ found: Refund, of request: RequestFacts, _ tx: borrowing Transaction) throws {
        let parts = try tx.query(
            """
            select p.amount, c.kind, c.payment_request_id
            from refund_part p left join reconciliation_case c on c.id = p.case_id where p.refund_id = \(found.id)::uuid
            """
        ).map { row in
            RefundRules.Booked(
                amount: try row.get(0),
                caseKind: try row.get(1, as: String?.self) == nil ? nil : try row.code(1),
                caseRequestID: try row.get(2)
            )
        }
        let counted = RefundRules.counted(parts, in: request.id)
        guard counted > .zero else { return }
        let refunded = try tx.query(
            """
            select coalesce(sum(p.amount), 0)::bigint from refund_part p join refund f on f.id = p.refund_id
            where p.payment_request_id = \(request.id)::uuid and f.state in ('executed', 'settled')
            """
        ).row().get(0, as: Money.self)
        let state = try RefundRules.afterExecution(request, refunded: refunded)
            .map { try PaymentRequestState.next(after: request.state, on: $0) }
        try tx.query(
            """
            update payment_request set amount_refunded = amount_refunded + \(counted)::bigint,
                status = \((state ?? request.state).rawValue)
            where id = \(request.id)::uuid
            """
        )
    }
}
