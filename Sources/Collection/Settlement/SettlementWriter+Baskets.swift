import Postgres
import Settlement
import Values

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension SettlementWriter {
    /// What recorded notices did for baskets: which they name, and what they paid of each request.
    func baskets(_ recorded: [(place: Int, decision: Decision)]) -> [Query] {
        let named = recorded.filter { $0.decision.basketID != nil && $0.decision.requestID == nil }
        guard !named.isEmpty else { return [] }
        var queries: [Query] = [
            """
            insert into basket_notice (notice_id, basket_id)
            select * from unnest(\(named.map { ids[$0.place] })::bigint[], \(named.map(\.decision.basketID))::uuid[])
            """
        ]
        let parts = named.flatMap { named in named.decision.parts.map { (notice: ids[named.place], part: $0) } }
        if !parts.isEmpty {
            queries.append(
                """
                insert into basket_part (notice_id, place, payment_request_id, amount)
                select * from unnest(\(parts.map(\.notice))::bigint[], \(parts.map(\.part.place))::smallint[],
                    \(parts.map(\.part.requestID))::uuid[], \(parts.map(\.part.amount))::bigint[])
                """
            )
        }
        return queries
    }
}
