import Casework
import Postgres
import Settlement
import Values
import Workflow

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Reads the facts that decisions about payment requests are based on, under their locks.
enum RequestStore {
    /// Locks requests in the order of their ids, as every settlement does; leaves out those that do not exist or do not
    /// belong to these agencies.
    static func lock(
        ids: [UUID] = [],
        references: [String] = [],
        within agencies: [String]?,
        _ tx: borrowing Transaction
    ) throws -> [RequestFacts] {
        guard !ids.isEmpty || !references.isEmpty else { return [] }
        return try tx.query(
            """
            select id, reference, status, account_number, amount_due, amount_received,
                amount_applied, fee_refund_claimed, expires_at
            from payment_request
            where (id = any(\(ids)::uuid[]) or reference = any(\(references)::text[]))
                and (\(agencies)::text[] is null or agency_code = any(\(agencies)::text[]))
            order by id for update
            """
        ).map { row in
            RequestFacts(
                id: try row.get(0),
                reference: try row.get(1),
                state: try row.code(2),
                accountNumber: try row.get(3),
                amountDue: try row.get(4),
                received: try row.get(5),
                applied: try row.get(6),
                claimed: try row.get(7),
                expiresAt: try row.get(8)
            )
        }
    }

    /// Changes the state of a locked request.
    ///
    /// - Parameter paidAt: when nothing remained to be paid, for an event that pays it.
    static func change(
        _ request: RequestFacts,
        on event: PaymentRequestState.Event,
        paidAt: Instant? = nil,
        _ tx: borrowing Transaction
    ) throws {
        let state = try PaymentRequestState.next(after: request.state, on: event)
        let settledBy = paidAt == nil ? nil : try source(of: request, tx)?.settles
        try tx.query(
            """
            update payment_request set status = \(state.rawValue), paid_at = coalesce(\(paidAt)::timestamptz, paid_at),
                paid_on = coalesce(\(paidAt?.day)::date, paid_on),
                settled_by = coalesce(settled_by, \(settledBy?.rawValue)::text)
            where id = \(request.id)::uuid
            """
        )
        let action: String
        switch state {
        case .paid: action = "paid_in_full"
        case .cancelled: action = "request_cancelled"
        case .pending, .expired, .partiallyRefunded, .refunded: return
        }
        // Nothing is missing any more.
        try tx.query(
            """
            update reconciliation_case set state = 'closed', ended_at = now(), ended_by = 'system', action = \(action)
            where kind = 'underpaid' and payment_request_id = \(request.id)::uuid and state = 'open'
            """
        )
        if state == .paid { try tx.query(ReceiptWriter.issue(for: [request.id], now: .now())) }
    }

    /// The source of the last money that paid a request.
    private static func source(of request: RequestFacts, _ tx: borrowing Transaction) throws -> Notice.Source? {
        try tx.query(
            """
            select b.source from request_notice n join bank_notice b on b.id = n.notice_id
            where n.payment_request_id = \(request.id)::uuid and b.applied_amount > 0
            order by b.id desc limit 1
            """
        ).first?.code(0)
    }
}
