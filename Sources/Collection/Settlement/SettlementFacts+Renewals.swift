import Postgres
import Settlement
import Values

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension SettlementFacts {
    /// Reads and locks the requests that payers got in the place of expired requests of the batch. A code is renewed only
    /// once it has expired, so a batch without an expired request asks nothing.
    mutating func addRenewals(at now: Instant, _ tx: borrowing Transaction) throws {
        let expired = facts.requests.values.filter { $0.isOpen && $0.expiresAt <= now }.map(\.id)
        guard !expired.isEmpty else { return }
        let rows = try tx.query(
            """
            with recursive kin as (
                select id as expired, id from unnest(\(expired)::uuid[]) as k (id)
                union
                select k.expired, n.id from kin k
                    cross join lateral (select * from payment_request where id = k.id offset 0) p
                    cross join lateral (
                        select s.id from payment_request s
                        where s.dossier_code = p.dossier_code and s.created_at > p.created_at and exists (
                            select 1 from audit_entry a where a.subject = 'request:' || s.id::text
                                and a.action = 'payment_request.renew' and a.detail->>'former' = p.reference)
                        union all
                        select f.id from audit_entry a join payment_request f on f.reference = a.detail->>'former'
                        where a.subject = 'request:' || p.id::text and a.action = 'payment_request.renew') n
            )
            select k.expired, r.reference from kin k join payment_request r on r.id = k.id
            where k.id <> k.expired order by k.id
            """
        )
        guard !rows.isEmpty else { return }
        for row in rows { facts.renewals[try row.get(0, as: UUID.self), default: []].append(try row.get(1)) }
        // Settlement locks requests in the order of their ids, and a renewal's is later than that of what it renews; where
        // two batches should meet the other way round all the same, one is tried again.
        let unknown = Set(facts.renewals.values.joined()).subtracting(facts.requests.keys)
        for row in try tx.query(SettlementFacts.lockRequests(Array(unknown))) { try add(request: row) }
    }
}
