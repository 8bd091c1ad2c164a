import FeeSchedule
import Postgres
public import Values

/// What was collected by fee, budget code and agency, and the part owed to the budget.
///
/// A charge (lệ phí) goes to the budget whole, a fee (phí) less the share its agency retains: Law on Fees and Charges
/// 97/2015/QH13, articles 12 and 13; Decree 120/2016/NĐ-CP, article 4.
public struct CollectionsReport: Sendable {
    public struct Line: Sendable, Hashable {
        public let agencyCode: String
        public let feeCode: String
        public let nameVi: String
        public let kind: String
        public let budgetCode: String
        /// The agency's share, in hundredths of a percent; 0 for a charge.
        public let retainedRate: Int64
        public var requests: Int64
        public var quantity: Int64
        /// What was paid minus what was refunded.
        public var collected: Money
        public var retained: Money = .zero
        public var dueToBudget: Money { collected - retained }
    }

    /// What an agency remits for one week, Monday to Sunday, or the part of it within the period.
    public struct Remittance: Sendable, Hashable {
        public let agencyCode: String
        public let from: Day
        public let to: Day
        /// The Thursday after.
        public let remitBy: Day
        public let due: Money
    }

    public let period: ReportPeriod
    public let locality: String?
    public let generatedAt: Instant
    /// By agency, budget code and fee.
    public let lines: [Line]
    public let remittances: [Remittance]
    /// The 5th of the month after the period.
    public let remitBy: Day
    /// By the code of the agency, as of the catalogue in force.
    public var agencyNames: [String: Phrase] = [:]
    /// The area that was asked about; `nil` for all.
    public var area: ReportedArea?
}

extension CollectionsReport {
    /// Computes the agencies' shares: each is rounded once, half up, for the whole period, and its lines and weeks are
    /// rounded so that they add up to it.
    static func work(
        out days: [CollectedDay],
        period: ReportPeriod
    ) -> (lines: [Line], remittances: [Remittance]) {
        var lines: [Line] = []
        var remittances: [Remittance] = []
        for (agency, own) in Dictionary(grouping: days, by: \.line.agencyCode).sorted(by: { $0.key < $1.key }) {
            lines += share(own.map(\.line))
            let weeks = Dictionary(grouping: own) { $0.day.adding(days: -$0.day.weekday) }.sorted { $0.key < $1.key }
            var (collected, shares, before) = (Money.zero, Int128(0), Money.zero)
            for (monday, week) in weeks {
                for day in week {
                    collected += day.line.collected
                    shares += Int128(day.line.collected.dong) * Int128(day.line.retainedRate)
                }
                // What is due through this week minus what was due before it, so that the weeks add up to the period.
                let through = collected - Money(halfUp(shares))
                remittances.append(
                    Remittance(
                        agencyCode: agency,
                        from: max(monday, period.from),
                        to: min(monday.adding(days: 6), period.to),
                        remitBy: monday.adding(days: 10),
                        due: through - before
                    )
                )
                before = through
            }
        }
        return (lines, remittances)
    }

    private static func halfUp(_ shares: Int128) -> Int64 { Int64((shares + 5000) / 10_000) }

    /// The summed lines of one agency, with its share divided among them by the largest-remainder method.
    private static func share(_ parts: [Line]) -> [Line] {
        struct Key: Hashable {
            let feeCode: String
            let budgetCode: String
            let kind: String
            let retainedRate: Int64
        }
        var sums: [Key: Line] = [:]
        for part in parts {
            let key = Key(
                feeCode: part.feeCode,
                budgetCode: part.budgetCode,
                kind: part.kind,
                retainedRate: part.retainedRate
            )
            if sums[key] == nil {
                sums[key] = part
            } else {
                sums[key]?.requests += part.requests
                sums[key]?.quantity += part.quantity
                sums[key]?.collected += part.collected
            }
        }
        var lines = sums.values.sorted {
            ($0.budgetCode, $0.feeCode, $0.retainedRate) < ($1.budgetCode, $1.feeCode, $1.retainedRate)
        }
        let shares = lines.map { Int128($0.collected.dong) * Int128($0.retainedRate) }
        var rest = halfUp(shares.reduce(0, +))
        for index in lines.indices {
            lines[index].retained = Money(Int64(shares[index] / 10_000))
            rest -= lines[index].retained.dong
        }
        let largest = lines.indices.sorted { (shares[$1] % 10_000, $0) < (shares[$0] % 10_000, $1) }
        for index in largest.prefix(Int(max(0, rest))) { lines[index].retained += Money(1) }
        return lines
    }
}

extension Reports {
    /// - Parameter locality: the code of the locality whose agencies to include; `nil` for all.
    public func collections(_ period: ReportPeriod, locality: String?) async throws -> CollectionsReport {
        let ground = try await ground(for: period, locality: locality)
        let places = ground.places
        let found = try await reading.read { tx in
            try Reports.allowTime(tx)
            return try Reports.collected(tx, period, places)
        }
        let (lines, remittances) = CollectionsReport.work(out: found.value, period: period)
        let (year, month, _) = period.to.components
        let schedule = ground.catalogue.schedule
        return CollectionsReport(
            period: period,
            locality: locality,
            generatedAt: found.asOf,
            lines: lines,
            remittances: remittances,
            remitBy: Day(year: month == 12 ? year + 1 : year, month: month % 12 + 1, day: 5) ?? period.to,
            agencyNames: schedule.agencies.mapValues { Phrase(vi: $0.nameVi, en: $0.nameEn) },
            area: ReportedArea(locality, schedule)
        )
    }

    /// A year of payments takes longer to read than a request may usually take.
    static func allowTime(_ tx: borrowing Transaction) throws { try tx.script("set local statement_timeout = '120s'") }

    private static func collected(_ tx: borrowing Transaction, _ period: ReportPeriod, _ places: ReportPlaces) throws
        -> [CollectedDay]
    {
        var places = places
        let starts = places.starts
        // A refunded part is deducted from the lines in proportion to their cost, by the largest-remainder method, in
        // their order; in whole đồng, though the sum of a bigint is numeric.
        let rows = try tx.query(
            """
            with paid as (
                select r.id, r.agency_code, r.paid_on, r.lines, r.amount_due, case when r.status = 'paid' then 0 else coalesce((
                        select sum(p.amount) from refund_part p join refund f on f.id = p.refund_id
                        where p.payment_request_id = r.id and f.state in ('executed', 'settled')), 0)::bigint end as refunded
                from payment_request_event e join payment_request r on r.id = e.payment_request_id and r.paid_on = e.paid_on
                where e.agency_code = any(\(places.agencies.keys.sorted())::text[])
                    and e.paid_on between \(period.from)::date and \(period.to)::date
                    and r.status in ('paid', 'partially_refunded') and r.amount_due > 0
            ), line as (
                select p.id, p.agency_code, p.paid_on, l.value as line, l.place, (l.value->>'payable')::bigint as payable,
                    p.refunded * (l.value->>'payable')::bigint / p.amount_due as part,
                    p.refunded * (l.value->>'payable')::bigint % p.amount_due as remainder, p.refunded
                from paid p cross join json_array_elements(p.lines) with ordinality as l (value, place)
            ), net as (
                select *, payable - part - case when row_number() over (partition by id order by remainder desc, place)
                    <= refunded - sum(part) over (partition by id) then 1 else 0 end as collected
                from line
            )
            select paid_on, (\(starts)::date[])[width_bucket(paid_on, \(starts)::date[])], agency_code,
                line->>'fee_code', line->>'name_vi', line->>'kind', line->>'budget_code',
                coalesce(round((line->>'retained_percent')::numeric * 100), 0)::bigint, count(*),
                sum((line->>'quantity')::bigint)::bigint, sum(collected)::bigint
            from net group by 1, 2, 3, 4, 5, 6, 7, 8
            """
        )
        return try rows.compactMap { row in
            let day = try row.get(0, as: Day.self)
            let agency = try row.get(2, as: String.self)
            guard places.unit(of: agency, stretch: try row.get(1)) != nil else { return nil }
            return CollectedDay(
                day: day,
                line: CollectionsReport.Line(
                    agencyCode: agency,
                    feeCode: try row.get(3),
                    nameVi: try row.get(4),
                    kind: try row.get(5),
                    budgetCode: try row.get(6),
                    retainedRate: try row.get(7),
                    requests: try row.get(8),
                    quantity: try row.get(9),
                    collected: try row.get(10)
                )
            )
        }
    }
}
