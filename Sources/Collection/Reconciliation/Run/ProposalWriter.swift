import Matching
import Postgres

/// Writes the recoveries that wait for another person.
struct ProposalWriter {
    let run: ReconciliationRun

    /// Writes one proposal for each request that a waiting line would pay; the lines' outcomes must already be written.
    func write(_ decisions: [LineDecision], _ tx: borrowing Transaction) throws {
        let waiting = decisions.filter(\.awaitsConfirmation).flatMap { decision in
            decision.payments.map { (line: decision.lineID, payment: $0) }
        }
        for start in stride(from: 0, to: waiting.count, by: 5000) {
            let part = waiting[start..<min(start + 5000, waiting.count)]
            try tx.query(
                """
                insert into recovery_proposal (run_id, statement_id, line_id, payment_request_id, amount, imported_by)
                select \(run.id)::bigint, l.statement_id, k.line, k.request, k.amount, s.imported_by_id
                from unnest(\(part.map(\.line))::bigint[], \(part.map(\.payment.requestID))::uuid[],
                    \(part.map(\.payment.amount))::bigint[]) with ordinality as k (line, request, amount, place)
                    cross join lateral (select * from statement_line where id = k.line limit 1) l
                    join statement s on s.id = l.statement_id
                order by k.place
                """
            )
        }
    }
}
