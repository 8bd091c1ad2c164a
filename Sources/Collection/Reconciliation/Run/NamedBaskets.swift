import Matching
import Postgres

/// The baskets that lines name.
enum NamedBaskets {
    /// By reference. A basket is cancelled only by who has locked its requests; nothing else of it changes.
    static func read(_ references: Set<String>, _ tx: borrowing Transaction) throws -> [String: MatchingFacts.Basket] {
        guard !references.isEmpty else { return [:] }
        let rows = try tx.query(
            """
            select b.id, b.reference, b.cancelled_at is not null, b.account_number, (
                select string_agg(r.reference, ',' order by m.place) from basket_item m cross join lateral (
                    select reference from payment_request where id = m.payment_request_id limit 1) r
                where m.basket_id = b.id)
            from unnest(\(references.sorted())::text[]) as k (reference)
                cross join lateral (select * from basket where reference = k.reference limit 1) b
            """
        )
        var baskets: [String: MatchingFacts.Basket] = [:]
        for row in rows {
            let basket = MatchingFacts.Basket(
                id: try row.get(0),
                reference: try row.get(1),
                isCancelled: try row.get(2),
                members: try row.get(4, as: String.self).split(separator: ",").map(String.init),
                accountNumber: try row.get(3)
            )
            baskets[basket.reference] = basket
        }
        return baskets
    }
}
