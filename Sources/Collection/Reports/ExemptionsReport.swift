public import FeeSchedule
import Postgres
public import Values

/// Exempted requests: those whose price was reduced to 0 đồng, by unit and rule. They count in no rate.
public struct ExemptionsReport: Sendable {
    public struct Line: Sendable, Hashable {
        public let unit: LocalityKey
        public let nameVi: String
        public let nameEn: String
        /// `reduction` or `discount`.
        public let rule: String
        public let code: String
        public let legalBasis: String
        /// Requests that the rule was applied to; one with several rules counts in the line of each.
        public var requests: Int64
        /// The amount that the rule deducted.
        public var forgone: Money
    }

    public let question: NonCashReport.Question
    public let generatedAt: Instant
    /// By unit; the most expensive rule first.
    public let lines: [Line]
    /// The number of requests, each counted once.
    public let requests: Int64
    /// The sum of the lines' list amounts.
    public let forgone: Money
    /// The area that was asked about; `nil` for all.
    public var area: ReportedArea?
}

extension Reports {
    /// - Parameter question: its period, level, locality and unit; a report by anything but locality is refused.
    public func exemptions(_ question: NonCashReport.Question) async throws -> ExemptionsReport {
        guard question.by == .locality else { throw ServiceError(.invalidParameter, at: "by", .oneOf(["locality"])) }
        let ground = try await ground(for: question)
        var places = ground.places
        let starts = places.starts
        let found = try await reading.read { tx in
            try Reports.allowTime(tx)
            return (try Reports.exempted(tx, question.period, starts), try Reports.counts(tx, question.period, starts))
        }
        let (sums, counts) = found.value
        var lines: [RuleOfUnit: ExemptionsReport.Line] = [:]
        for sum in sums {
            guard let unit = places.unit(of: sum.agency, stretch: sum.stretch) else { continue }
            let key = RuleOfUnit(unit: unit, rule: sum.rule, code: sum.code, legalBasis: sum.legalBasis)
            let (vi, en) = ground.catalogue.schedule.name(of: .locality(unit))
            var line =
                lines[key]
                ?? ExemptionsReport.Line(
                    unit: unit,
                    nameVi: vi,
                    nameEn: en,
                    rule: sum.rule,
                    code: sum.code,
                    legalBasis: sum.legalBasis,
                    requests: 0,
                    forgone: .zero
                )
            line.requests += sum.requests
            line.forgone += sum.benefit
            lines[key] = line
        }
        var requests: Int64 = 0
        for count in counts where places.unit(of: count.agency, stretch: count.stretch) != nil {
            requests += count.requests
        }
        return ExemptionsReport(
            question: question,
            generatedAt: found.asOf,
            lines: lines.values.sorted {
                ($0.unit, $1.forgone, $0.rule, $0.code, $0.legalBasis)
                    < ($1.unit, $0.forgone, $1.rule, $1.code, $1.legalBasis)
            },
            requests: requests,
            forgone: lines.values.map(\.forgone).total(),
            area: ReportedArea(question.locality, ground.catalogue.schedule)
        )
    }

    private struct RuleOfUnit: Hashable {
        let unit: LocalityKey
        let rule: String
        let code: String
        let legalBasis: String
    }

    /// What one rule deducted for an agency in a range of days.
    private struct ExemptedSum {
        let stretch: Day
        let agency: String
        let rule: String
        let code: String
        let legalBasis: String
        let requests: Int64
        let benefit: Money
    }

    private struct ExemptedCount {
        let stretch: Day
        let agency: String
        let requests: Int64
    }

    // A request is exempt from the moment it is created, so the summary index on created_at finds the period.
    private static func exempted(_ tx: borrowing Transaction, _ period: ReportPeriod, _ starts: [Day]) throws
        -> [ExemptedSum]
    {
        try tx.query(
            """
            select (\(starts)::date[])[width_bucket(r.paid_on, \(starts)::date[])], r.agency_code, a.rule->>'rule',
                a.rule->>'code', coalesce(a.rule->>'legal_basis', ''), count(distinct r.id),
                sum((a.rule->>'benefit')::bigint)::bigint
            from payment_request r cross join json_array_elements(r.lines) as l (line)
                cross join json_array_elements(l.line->'applied') as a (rule)
            where r.settled_by = 'exemption' and r.paid_on between \(period.from)::date and \(period.to)::date
                and r.created_at between \(period.from.start)::timestamptz and \(period.to.next.start)::timestamptz
            group by 1, 2, 3, 4, 5
            """
        ).map { row in
            let (stretch, agency, rule, code, basis, requests, benefit) = try row.decode(
                Day.self,
                String.self,
                String.self,
                String.self,
                String.self,
                Int64.self,
                Money.self
            )
            return ExemptedSum(
                stretch: stretch,
                agency: agency,
                rule: rule,
                code: code,
                legalBasis: basis,
                requests: requests,
                benefit: benefit
            )
        }
    }

    private static func counts(_ tx: borrowing Transaction, _ period: ReportPeriod, _ starts: [Day]) throws
        -> [ExemptedCount]
    {
        try tx.query(
            """
            select (\(starts)::date[])[width_bucket(r.paid_on, \(starts)::date[])], r.agency_code, count(*)
            from payment_request r
            where r.settled_by = 'exemption' and r.paid_on between \(period.from)::date and \(period.to)::date
                and r.created_at between \(period.from.start)::timestamptz and \(period.to.next.start)::timestamptz
            group by 1, 2
            """
        ).map { row in
            let (stretch, agency, requests) = try row.decode(Day.self, String.self, Int64.self)
            return ExemptedCount(stretch: stretch, agency: agency, requests: requests)
        }
    }
}
