import Casework
import Matching
import Postgres
import Values
import Workflow

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// What payers see of their requests, and the little that they may do: ask for a fresh price, look a payment up.
public struct PayerPages: Sendable {
    let database: Database
    let requests: PaymentRequests
    private let baskets: Baskets

    init(_ database: Database, requests: PaymentRequests, baskets: Baskets) {
        self.database = database
        self.requests = requests
        self.baskets = baskets
    }

    /// The basket behind a pay link; `nil` if the link is that of a request, or of nothing.
    public func basket(token: String) async throws -> Basket? { try await baskets.find(token: token) }

    /// The request behind a pay link, without what the page says of it besides; throws `notFound`.
    public func request(token: String) async throws -> PaymentRequest { try await requests.find(token: token) }

    /// The same with all that the page says of it; throws `notFound`.
    public func view(token: String) async throws -> PayerView { try await view(of: request(token: token)) }

    /// The request as it stands now.
    public func view(of request: PaymentRequest) async throws -> PayerView {
        try await database.read { tx in try PayerPages.view(of: request, at: .now(), tx) }
    }

    static func view(
        of request: PaymentRequest,
        at now: Instant,
        _ tx: borrowing Transaction
    ) throws -> PayerView {
        let found = try tx.query(
            """
            select
                (select coalesce(sum(c.amount), 0)::bigint from reconciliation_case c
                    where c.payment_request_id = \(request.id) and c.kind in ('late', 'other_account')
                        and c.state = 'open'),
                (select b.bank_reference from request_notice n join bank_notice b on b.id = n.notice_id
                    where n.payment_request_id = \(request.id) and b.applied_amount > 0
                        and b.source in ('callback', 'statement')
                    order by b.id desc limit 1),
                (select bool_and(d.state = 'delivered') from event e join event_delivery d on d.event_id = e.id
                    where e.subject = \("request:" + request.id.text) and e.type = 'payment_request.paid'),
                (select s.token from payment_request s
                    where s.dossier_code = \(request.dossierCode) and s.agency_code = \(request.agencyCode)
                        and s.procedure_code = \(request.procedureCode) and s.created_at > \(request.createdAt)
                        and s.created_by is not distinct from \(request.createdBy)::uuid
                        and s.payer_name is not distinct from \(request.payerName)::text
                        and (s.status = 'paid' or s.status = 'pending' and s.expires_at > \(now)::timestamptz)
                    order by s.created_at desc limit 1),
                (select f.token from audit_entry a join payment_request f on f.reference = a.detail->>'former'
                    where \(request.status.rawValue) = 'cancelled'
                        and a.subject = \("request:" + request.id.text) and a.action = 'payment_request.end_renewal'
                    limit 1)
            """
        ).row()
        let held: Money = try found.get(0)
        let isTold: Bool? = try found.get(2)
        let refunds = try refunds(of: request, tx)
        let facts = PayerState.Facts(
            status: request.status(at: now),
            due: request.amountDue,
            kept: request.amountKept,
            feeClaimed: request.feeRefundClaimed,
            held: held,
            refunds: refunds.map(\.state)
        )
        return PayerView(
            request: request,
            state: PayerState.decide(facts),
            held: held,
            refunds: refunds,
            bankTransaction: try found.get(1),
            portal: isTold.map { $0 ? .confirmed : .awaited } ?? .none,
            successor: try found.get(3),
            paidFormer: try found.get(4)
        )
    }

    /// Its refunds, and those of cases about money that did not count for it; rejected ones are left out.
    private static func refunds(of request: PaymentRequest, _ tx: borrowing Transaction) throws -> [PayerView.Refund] {
        let rows = try tx.query(
            """
            select r.amount, r.state, r.paid_by_hand, r.executed_on, l.value_date,
                (select created_at from refund_file f where f.id = r.file_id)
            from refund r left join statement_line l on l.id = r.statement_line_id
            where r.state <> 'rejected' and (r.payment_request_id = \(request.id) or r.case_id in (
                select c.id from reconciliation_case c where c.payment_request_id = \(request.id)))
            order by r.requested_at, r.id limit 50
            """
        )
        guard !rows.isEmpty else { return [] }
        let days = try BankCalendarDays.read(request.accountNumber, tx)
        return try rows.map { row in
            let state: RefundState = try row.code(1)
            let executedOn: Day? = try row.get(3)
            // Whoever executes a refund orders it; the bank is told by the file.
            let sentOn: Day? = try row.get(5, as: Instant?.self)?.day
            return PayerView.Refund(
                amount: try row.get(0),
                state: state,
                isPaidByHand: try row.get(2),
                on: state == .settled ? try row.get(4) ?? executedOn : sentOn,
                expectedBy: state == .executed ? sentOn.map { days.expectedBy($0) } : nil
            )
        }
    }
}
