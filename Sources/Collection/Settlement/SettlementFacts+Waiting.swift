import Postgres
import Settlement

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension SettlementFacts {
    /// Reads the lines that wait for confirmation and would pay requests of the batch, if any request has such lines.
    mutating func addWaiting(_ tx: borrowing Transaction) throws {
        guard !waited.isEmpty else { return }
        let rows = try tx.query(
            """
            select payment_request_id, id, line_id, amount from recovery_proposal
            where payment_request_id = any(\(waited)::uuid[]) and state = 'waiting' order by id
            """
        )
        for row in rows {
            let line = Facts.EarlierLine(
                id: try row.get(2),
                caseID: nil,
                proposalID: try row.get(1),
                rest: try row.get(3)
            )
            facts.waiting[try row.get(0, as: UUID.self), default: []].append(line)
        }
    }
}
