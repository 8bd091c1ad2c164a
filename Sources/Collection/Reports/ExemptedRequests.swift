import FeeSchedule
import Postgres
import Values

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension ReportPlaces {
    /// The agencies whose payments of a range of days belong to the area, and of one row of it if that is given: pairs of the
    /// first day of the range and the code of the agency.
    mutating func agencies(row: String? = nil, validFrom: Day? = nil) -> (stretches: [Day], codes: [String]) {
        var (stretches, codes): ([Day], [String]) = ([], [])
        for stretch in starts {
            for agency in agencies.keys.sorted() {
                guard let unit = unit(of: agency, stretch: stretch), row.map({ $0 == unit.code }) ?? true,
                    validFrom.map({ $0 == unit.validFrom }) ?? true
                else { continue }
                stretches.append(stretch)
                codes.append(agency)
            }
        }
        return (stretches, codes)
    }
}

extension Reports {
    /// The requests that a row of ``exemptions(_:)`` counts, by day and id.
    ///
    /// - Parameter cell: `counted` says nothing here, since nothing was paid.
    public func exempted(_ cell: NonCashPayments.Cell) async throws -> NonCashPayments {
        try Paging.check(cell.limit)
        let ground = try await ground(for: cell.question)
        var places = ground.places
        let (period, starts) = (cell.question.period, places.starts)
        let (stretches, agencies) = places.agencies(row: cell.row, validFrom: cell.rowValidFrom)
        let sql = """
            select \(Reports.itemColumns)
            from payment_request r join unnest($1::date[], $2::text[]) as w (stretch, agency)
                on w.agency = r.agency_code and w.stretch = ($3::date[])[width_bucket(r.paid_on, $3::date[])]
            where r.settled_by = 'exemption' and r.paid_on between $4::date and $5::date
                and r.created_at between $6::timestamptz and $7::timestamptz
                and ($8::date is null or (r.paid_on, r.id) > ($8::date, $9::uuid))
                and \(PaymentsBehind.conditions(first: 11))
            order by r.paid_on, r.id limit $10::integer
            """
        let behind = cell.behind
        let found = try await reading.read { tx in
            try Reports.allowTime(tx)
            return try tx.query(
                Query(
                    trustedSQL: sql,
                    binding: [
                        stretches, agencies, starts, period.from, period.to, period.from.start, period.to.next.start,
                        cell.after?.day, cell.after?.id, cell.limit, behind.agency, behind.feeCode, behind.budgetCode,
                        behind.rule, behind.ruleCode, behind.weekday, behind.hour,
                    ]
                )
            ).map { row in try Reports.item(row, try row.get(0, as: UUID.self), try row.get(1, as: Day.self)) }
        }
        let items = found.value
        let last = items.count == cell.limit ? items.last : nil
        return NonCashPayments(
            items: items,
            count: Int64(items.count),
            amount: .zero,
            next: try last.map {
                try NonCashPayments.Cursor("\($0["paid_on"]?.string ?? "").\($0["id"]?.string ?? "")")
            },
            generatedAt: found.asOf
        )
    }
}
