import Casework
import Matching
import Postgres
public import Values
import Workflow

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
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

    /// What arrived for each request of a basket in excess of what was due, and has not gone back; as the request's own
    /// page has it. Of those without an excess there is nothing.
    public func excesses(of basket: Basket) async throws -> [UUID: Money] {
        let paid = basket.requests.filter(\.status.wasPaid)
        guard !paid.isEmpty else { return [:] }
        return try await database.read { tx in
            var excesses: [UUID: Money] = [:]
            for request in paid {
                let excess = try PayerPages.heldMoney(of: request, tx).excess
                if excess > .zero { excesses[request.id] = excess }
            }
            return excesses
        }
    }

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
        let found = try links(of: request, at: now, tx)
        let arrived = try heldMoney(of: request, tx)
        let isTold: Bool? = try found.get(1)
        let refunds = try refunds(of: request, tx)
        let facts = PayerState.Facts(
            status: request.status(at: now),
            due: request.amountDue,
            kept: request.amountKept,
            excess: arrived.excess,
            feeClaimed: request.feeRefundClaimed,
            held: arrived.held?.amount ?? .zero,
            refunds: refunds.map(\.state)
        )
        return PayerView(
            request: request,
            state: PayerState.decide(facts),
            held: arrived.held,
            excess: arrived.excess,
            refunds: refunds,
            bankTransaction: try found.get(0),
            portal: isTold.map { $0 ? .confirmed : .awaited } ?? .none,
            successor: try found.get(2),
            isSuccessorPaid: try found.get(4, as: Bool?.self) == true,
            paidFormer: try found.get(3)
        )
    }

    /// The bank's id of what paid it, whether the portal knows, the newer request for the same, and the older one that
    /// ended it.
    private static func links(
        of request: PaymentRequest,
        at now: Instant,
        _ tx: borrowing Transaction
    ) throws -> Row {
        try tx.query(
            """
            with successor as materialized (
                select s.token, s.status from payment_request s
                where s.dossier_code = \(request.dossierCode) and s.agency_code = \(request.agencyCode)
                    and s.procedure_code = \(request.procedureCode) and s.created_at > \(request.createdAt)
                    and s.created_by is not distinct from \(request.createdBy)::uuid
                    and s.payer_name is not distinct from \(request.payerName)::text
                    and (s.status = 'paid' or s.status = 'pending' and s.expires_at > \(now)::timestamptz)
                order by s.created_at desc limit 1
            )
            select
                (select b.bank_reference from request_notice n join bank_notice b on b.id = n.notice_id
                    where n.payment_request_id = \(request.id) and b.applied_amount > 0
                        and b.source in ('callback', 'statement')
                    order by b.id desc limit 1),
                (select bool_and(d.state = 'delivered') from event e join event_delivery d on d.event_id = e.id
                    where e.subject = \("request:" + request.id.text) and e.type = 'payment_request.paid'),
                (select token from successor),
                (select f.token from audit_entry a join payment_request f on f.reference = a.detail->>'former'
                    where \(request.status.rawValue) = 'cancelled'
                        and a.subject = \("request:" + request.id.text) and a.action = 'payment_request.end_renewal'
                    limit 1),
                (select status = 'paid' from successor)
            """
        ).row()
    }

    /// What arrived for it and lies in suspense: in excess of what was due, or held because it did not count.
    ///
    /// What came for a request that was never paid is not in excess, whatever its case is called: another code for the same
    /// was paid. A refund that has not been executed takes nothing away yet.
    private static func heldMoney(
        of request: PaymentRequest,
        _ tx: borrowing Transaction
    ) throws -> (held: PayerView.Held?, excess: Money) {
        let row = try tx.query(
            """
            with own as materialized (
                select c.id, c.kind, case when c.state = 'open'
                    then greatest(case_held(c.id) - coalesce(m.used, 0), 0) else 0 end as kept
                from reconciliation_case c left join case_money m on m.case_id = c.id
                where c.payment_request_id = \(request.id) and c.kind in ('late', 'other_account', 'overpaid')
            )
            select
                (select coalesce(sum(kept), 0)::bigint from own where kind = 'late'),
                (select coalesce(sum(kept), 0)::bigint from own where kind = 'other_account'),
                (select coalesce(sum(kept), 0)::bigint from own where kind = 'overpaid'),
                (select coalesce(sum(r.amount), 0)::bigint from refund r join own on own.id = r.case_id
                    where own.kind = 'overpaid' and r.state in ('requested', 'approved')),
                (select coalesce(sum(c.amount), 0)::bigint from basket_item i
                    join basket_notice n on n.basket_id = i.basket_id
                    join reconciliation_case c on c.notice_id = n.notice_id
                        and c.kind in ('overpaid', 'late', 'other_account') and c.state = 'open'
                    where i.payment_request_id = \(request.id))
            """
        ).row()
        let (late, elsewhere, over): (Money, Money, Money) = (try row.get(0), try row.get(1), try row.get(2))
        let (leaving, together): (Money, Money) = (try row.get(3), try row.get(4))
        let wasPaid = request.status.wasPaid
        let reasons: [(PayerView.Held.Reason, Money)] = [
            (.paidElsewhere, wasPaid ? .zero : over), (.late, late), (.otherAccount, elsewhere), (.basket, together),
        ]
        let total = reasons.map(\.1).total()
        let held = reasons.first { $0.1 > .zero }.map { PayerView.Held(amount: total, reason: $0.0) }
        return (held, wasPaid ? over + leaving : .zero)
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
