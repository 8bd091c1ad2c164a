import Postgres
import Settlement
import Values

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension SettlementFacts {
    /// The baskets that the batch names. Their requests are locked, so none of it changes any more.
    static func baskets(_ notices: [Notice]) -> Query {
        """
        select b.id, b.reference, b.cancelled_at is not null, b.account_number, b.created_at, (
            select string_agg(r.reference, ',' order by m.place) from basket_item m cross join lateral (
                select reference from payment_request where id = m.payment_request_id limit 1) r
            where m.basket_id = b.id)
        from unnest(\(Array(Set(notices.flatMap(\.references))))::text[]) as k (reference)
            cross join lateral (select * from basket where reference = k.reference limit 1) b
        """
    }

    mutating func add(basket row: Row) throws {
        let basket = Facts.Basket(
            id: try row.get(0),
            reference: try row.get(1),
            isCancelled: try row.get(2),
            members: try row.get(5, as: String.self).split(separator: ",").map(String.init),
            accountNumber: try row.get(3),
            createdAt: try row.get(4)
        )
        facts.baskets[basket.reference] = basket
    }

    /// The agency whose persons look after what becomes of a basket: that of its first request.
    func agency(ofBasket id: UUID) -> String? {
        facts.baskets.values.first { $0.id == id }?.members.first.flatMap { facts.requests[$0] }
            .flatMap { homes[$0.id]?.agencyCode }
    }

    /// Reads the lines that name baskets of the batch and paid their requests, or would pay them once they are confirmed.
    mutating func addBasketLines(_ tx: borrowing Transaction) throws {
        guard !facts.baskets.isEmpty else { return }
        for basket in facts.baskets.values {
            let ids = basket.members.compactMap { facts.requests[$0]?.id }
            try addWaiting(basket, ids, tx)
            try addRecoveries(basket, ids, tx)
        }
    }

    /// Lines of which nothing has been decided yet.
    private mutating func addWaiting(_ basket: Facts.Basket, _ ids: [UUID], _ tx: borrowing Transaction) throws {
        let rows = try tx.query(
            """
            select l.id, string_agg(p.id::text, ',' order by p.id), l.amount
            from recovery_proposal w join recovery_proposal p on p.line_id = w.line_id
                join statement_line l on l.id = p.line_id
            where w.payment_request_id = any(\(ids)::uuid[]) and w.state = 'waiting'
                and \(basket.reference)::text = any(l.reference_candidates)
            group by l.id, w.id
            having bool_and(p.state = 'waiting') and sum(p.amount) = l.amount
            order by min(p.id)
            """
        )
        for row in rows {
            let (id, amount) = (try row.get(0, as: Int64.self), try row.get(2, as: Money.self))
            guard facts.waiting[basket.id]?.contains(where: { $0.id == id }) != true else { continue }
            let proposals = try row.get(1, as: String.self).split(separator: ",").compactMap { Int64($0) }
            var line = Facts.EarlierLine(id: id, caseID: nil, proposalID: proposals.first, rest: amount)
            line.otherProposals = Array(proposals.dropFirst())
            facts.waiting[basket.id, default: []].append(line)
        }
    }

    private mutating func addRecoveries(_ basket: Facts.Basket, _ ids: [UUID], _ tx: borrowing Transaction) throws {
        let rows = try tx.query(
            """
            select l.amount, string_agg(s.notice_id::text, ',' order by s.notice_id)
            from (
                select b.id as notice_id, coalesce(
                    (select n.line_id from line_notice n where n.notice_id = b.id),
                    (select o.line_id from line_outcome o where o.notice_id = b.id and o.outcome = 'recovered')) as line_id
                from bank_notice b
                where b.payment_request_id = any(\(ids)::uuid[]) and b.source = 'statement' and b.applied_amount > 0) s
                join statement_line l on l.id = s.line_id
            where \(basket.reference)::text = any(l.reference_candidates)
            group by l.id
            having not bool_or(exists (select 1 from bank_notice d where d.duplicate_of = s.notice_id))
                and not exists (select 1 from bank_notice d where d.account_number = l.account_number
                    and d.bank_reference = l.transaction_id and d.amount = l.amount
                    and d.source = 'callback' and d.outcome = 'duplicate')
            order by min(s.notice_id)
            """
        )
        for row in rows {
            facts.basketRecoveries[basket.id, default: []].append(
                Facts.BasketRecovery(
                    amount: try row.get(0),
                    notices: try row.get(1, as: String.self).split(separator: ",").compactMap { Int64($0) }
                )
            )
        }
    }
}
