import Postgres
import Settlement

/// Ends what was made in the place of requests that are paid after all. The entry of the audit is written in the round trip
/// of the settlement, for as many as end, not by `Audit.record(_:_:_:_:_:)`.
enum RenewalWriter {
    /// Cancels unpaid requests because the ones whose places they took have been paid, and says so in the audit.
    static func end(_ renewals: [Decision.EndedRenewal]) -> [Query] {
        guard !renewals.isEmpty else { return [] }
        return [
            """
            with ended as (
                update payment_request p set status = 'cancelled'
                from unnest(\(renewals.map(\.id))::uuid[], \(renewals.map(\.former))::text[]) as e (id, former)
                where p.id = e.id and p.status = 'pending' and p.amount_received = 0
                returning p.id, p.reference, e.former
            )
            insert into audit_entry (actor_id, actor_name, action, subject, detail)
            select \(Person.system.id), \(Person.system.name), \("payment_request.end_renewal"), 'request:' || id::text,
                jsonb_build_object('former', former, 'reference', reference)
            from ended
            """
        ]
    }
}
