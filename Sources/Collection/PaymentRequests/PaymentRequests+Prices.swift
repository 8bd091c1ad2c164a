import FeeSchedule
import Postgres
public import Values

extension PaymentRequests {
    /// Which of the requests that references name would not cost the same on the day they were paid, by reference.
    ///
    /// The first reference that exists counts: a request's, or a basket's, which stands for its requests that can still be
    /// paid. `nil` if none exists.
    public func changedPrices(references: [String], day: Day) async throws -> Set<String>? {
        let sql = """
            with named as (
                select k.place, r.id, 0 as turn from unnest($1::text[]) with ordinality as k (reference, place)
                    join payment_request r on r.reference = k.reference
                union all
                select k.place, i.payment_request_id, i.place from unnest($1::text[]) with ordinality as k (reference, place)
                    join basket b on b.reference = k.reference join basket_item i on i.basket_id = b.id
            )
            select \(PaymentRequest.columns) from payment_request
            where id in (select n.id from named n where n.place = (select min(place) from named))
            """
        let rows = try await database.query(Query(trustedSQL: sql, binding: [references]))
        guard !rows.isEmpty else { return nil }
        let schedule = try await tariff.current().schedule
        var changed: Set<String> = []
        for row in rows {
            let request = try PaymentRequest(row)
            if !PaymentRequests.priceHolds(of: request, day: day, by: schedule) { changed.insert(request.reference) }
        }
        return changed
    }

    private static func priceHolds(of request: PaymentRequest, day: Day, by schedule: Schedule) -> Bool {
        do {
            return try schedule.assess(request.assessmentRequest(channel: request.channel, on: day)).amountDue
                == request.amountDue
        } catch {
            // Something that can no longer be assessed has no price that could still hold.
            return false
        }
    }
}
