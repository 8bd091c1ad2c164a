import FeeSchedule
import Postgres
public import Spreadsheets
public import Values
import Workflow

/// What each reduction and discount cost, over the requests paid in a period.
public struct DiscountsReport: Sendable {
    public struct Line: Sendable, Hashable {
        /// `reduction` or `discount`.
        public let rule: String
        public let code: String
        public let legalBasis: String
        /// Lines of requests it was applied to.
        public var lines: Int64
        public var benefit: Money
    }

    public let period: ReportPeriod
    public let locality: String?
    public let generatedAt: Instant
    /// The most expensive first.
    public let lines: [Line]
    /// The area that was asked about; `nil` for all.
    public var area: ReportedArea?
}

extension Reports {
    /// - Parameter locality: the code of the locality whose agencies to include; `nil` for all.
    public func discounts(_ period: ReportPeriod, locality: String?) async throws -> DiscountsReport {
        let ground = try await ground(for: period, locality: locality)
        let places = ground.places
        let found = try await reading.read { tx in
            try Reports.allowTime(tx)
            return try Reports.benefits(tx, period, places)
        }
        return DiscountsReport(
            period: period,
            locality: locality,
            generatedAt: found.asOf,
            lines: found.value,
            area: ReportedArea(locality, ground.catalogue.schedule)
        )
    }

    private static func benefits(_ tx: borrowing Transaction, _ period: ReportPeriod, _ places: ReportPlaces) throws
        -> [DiscountsReport.Line]
    {
        struct Key: Hashable {
            let rule: String
            let code: String
            let legalBasis: String
        }
        var places = places
        let starts = places.starts
        let rows = try tx.query(
            """
            select (\(starts)::date[])[width_bucket(e.paid_on, \(starts)::date[])], e.agency_code, a.rule->>'rule',
                a.rule->>'code', coalesce(a.rule->>'legal_basis', ''), count(*), sum((a.rule->>'benefit')::bigint)::bigint
            from payment_request_event e join payment_request r on r.id = e.payment_request_id and r.paid_on = e.paid_on
                cross join json_array_elements(r.lines) as l (line)
                cross join json_array_elements(l.line->'applied') as a (rule)
            where e.agency_code = any(\(places.agencies.keys.sorted())::text[])
                and e.paid_on between \(period.from)::date and \(period.to)::date
                and r.status in ('paid', 'partially_refunded') and r.amount_due > 0
            group by 1, 2, 3, 4, 5
            """
        )
        var sums: [Key: DiscountsReport.Line] = [:]
        for row in rows {
            let (stretch, agency, rule, code, basis, count, benefit) = try row.decode(
                Day.self,
                String.self,
                String.self,
                String.self,
                String.self,
                Int64.self,
                Money.self
            )
            guard places.unit(of: agency, stretch: stretch) != nil else { continue }
            let key = Key(rule: rule, code: code, legalBasis: basis)
            var line =
                sums[key]
                ?? DiscountsReport.Line(rule: rule, code: code, legalBasis: basis, lines: 0, benefit: .zero)
            line.lines += count
            line.benefit += benefit
            sums[key] = line
        }
        return sums.values.sorted {
            ($1.benefit, $0.rule, $0.code, $0.legalBasis) < ($0.benefit, $1.rule, $1.code, $1.legalBasis)
        }
    }
}

extension DiscountsReport {
    private func sum(_ rule: String) -> Money { lines.filter { $0.rule == rule }.map(\.benefit).total() }

    public var json: JSON {
        [
            "period": period.json, "locality": .optional(locality), "generated_at": .text(generatedAt),
            "rows": .array(
                lines.map {
                    [
                        "rule": .string($0.rule), "code": .string($0.code), "legal_basis": .string($0.legalBasis),
                        "lines": .integer($0.lines), "benefit": .money($0.benefit),
                    ]
                }
            ),
            "total": [
                "lines": .integer(lines.reduce(0) { $0 + $1.lines }), "benefit": .money(lines.map(\.benefit).total()),
                "reductions": .money(sum("reduction")), "discounts": .money(sum("discount")),
            ],
        ]
    }

    public var sheet: Sheet {
        var sheet = Sheet(
            name: "Miễn, giảm",
            title: Phrase(vi: "Miễn, giảm đã áp dụng", en: "What each rule cost"),
            subtitles: period.subtitles + [
                .area(area), .asOf(generatedAt),
            ],
            columns: [
                .init("rule", "Loại", "Rule", .text), .init("code", "Mã", "Code", .text),
                .init("legal_basis", "Căn cứ", "Legal basis", .text), .init("lines", "Lượt", "Lines", .count),
                .init("benefit", "Số tiền giảm (₫)", "Benefit (₫)", .money),
            ],
            rows: lines.map {
                [
                    .words(Vocabulary.rule[$0.rule]), .text($0.code), .text($0.legalBasis), .count($0.lines),
                    .money($0.benefit),
                ]
            },
            total: [
                .words(.total), .empty, .empty, .count(lines.reduce(0) { $0 + $1.lines }),
                .money(lines.map(\.benefit).total()),
            ],
            footers: [
                Phrase(vi: "Tính trên hồ sơ đã thanh toán trong kỳ.", en: "Over the requests paid in the period.")
            ],
            chart: .init(title: Phrase(vi: "Số tiền giảm (₫)", en: "Benefit (₫)"), categories: 1, values: 4)
        )
        (sheet.issuer, sheet.signers) = (area.issuer, .ofForms)
        return sheet
    }
}
