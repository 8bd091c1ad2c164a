import FeeSchedule
import Postgres
public import Spreadsheets
public import Values

/// When people pay: how many payments each hour of each day of the week had over a period, in Vietnam.
public struct PaymentHours: Sendable {
    public let question: NonCashReport.Question
    public let generatedAt: Instant
    /// By hour, from 0, and by weekday, Monday first.
    public let counts: [[Int64]]
    /// The area that was asked about; `nil` for all.
    public var area: ReportedArea?

    public var total: Int64 { counts.reduce(0) { $0 + $1.reduce(0, +) } }
    public var most: Int64 { counts.compactMap { $0.max() }.max() ?? 0 }
}

extension Reports {
    /// - Parameter question: its period, locality and unit; the rest is ignored.
    public func hours(_ question: NonCashReport.Question) async throws -> PaymentHours {
        let ground = try await ground(for: question)
        var places = ground.places
        let (period, starts) = (question.period, places.starts)
        let (stretches, agencies) = places.agencies()
        let found = try await reading.read { tx in
            try Reports.allowTime(tx)
            return try tx.query(
                """
                select extract(hour from p.local)::integer, extract(isodow from p.local)::integer, count(*)
                from unnest(\(stretches)::date[], \(agencies)::text[]) as w (stretch, agency)
                    join payment_request_event e on e.agency_code = w.agency
                        and e.paid_on between greatest(w.stretch, \(period.from)::date) and \(period.to)::date
                        and w.stretch = (\(starts)::date[])[width_bucket(e.paid_on, \(starts)::date[])]
                    join payment_request r on r.id = e.payment_request_id and r.paid_on = e.paid_on
                    cross join lateral (select r.paid_at at time zone 'Asia/Ho_Chi_Minh' as local) p
                where r.status in ('paid', 'partially_refunded') and r.amount_due > 0
                group by 1, 2
                """
            )
        }
        var counts = Array(repeating: Array(repeating: Int64(0), count: 7), count: 24)
        for row in found.value {
            let (hour, weekday, count) = try row.decode(Int32.self, Int32.self, Int64.self)
            counts[Int(hour)][Int(weekday) - 1] = count
        }
        return PaymentHours(
            question: question,
            generatedAt: found.asOf,
            counts: counts,
            area: ReportedArea(question.locality, ground.catalogue.schedule)
        )
    }
}

extension PaymentHours {
    /// The days of the week, Monday first: keys of columns, and names.
    public static let weekdays: [(key: String, name: Phrase)] = [
        ("monday", Phrase(vi: "Thứ hai", en: "Mon")), ("tuesday", Phrase(vi: "Thứ ba", en: "Tue")),
        ("wednesday", Phrase(vi: "Thứ tư", en: "Wed")), ("thursday", Phrase(vi: "Thứ năm", en: "Thu")),
        ("friday", Phrase(vi: "Thứ sáu", en: "Fri")), ("saturday", Phrase(vi: "Thứ bảy", en: "Sat")),
        ("sunday", Phrase(vi: "Chủ nhật", en: "Sun")),
    ]

    private static func sum(_ counts: [Int64]) -> Int64 { counts.reduce(0, +) }

    /// The hours of which any day has a payment, and those between them.
    private var busy: Range<Int> {
        let hours = counts.indices.filter { PaymentHours.sum(counts[$0]) > 0 }
        guard let first = hours.first, let last = hours.last else { return 0..<0 }
        return first..<(last + 1)
    }

    /// The first hour of ``sheet``.
    public var firstHour: Int { busy.lowerBound }

    public var json: JSON {
        [
            "period": question.period.json, "locality": .optional(question.locality),
            "as_of": .string(question.asOf.rawValue), "generated_at": .text(generatedAt),
            "rows": .array(
                counts.enumerated().map { hour, days in
                    .object(
                        [.init("hour", .integer(hour))]
                            + zip(PaymentHours.weekdays, days).map { .init($0.key, .integer($1)) }
                    )
                }
            ),
            "total": .integer(total),
        ]
    }

    public var sheet: Sheet {
        let days = PaymentHours.weekdays.indices
        return Sheet(
            name: "Giờ nộp tiền",
            title: Phrase(vi: "Người dân nộp tiền vào lúc nào", en: "When people pay"),
            subtitles: question.period.subtitles + [.area(area), .asOf(generatedAt)],
            columns: [.init("hour", "Giờ", "Hour", .text)]
                + PaymentHours.weekdays.map { .init($0.key, $0.name[.vietnamese], $0.name[.english], .count) }
                + [.init("all_days", "Cả tuần", "All days", .count)],
            rows: busy.map { hour in
                let name = (hour < 10 ? "0" : "") + "\(hour):00"
                return [.text(name)] + counts[hour].map { .count($0) } + [.count(PaymentHours.sum(counts[hour]))]
            },
            total: [.words(.total)] + days.map { day in .count(PaymentHours.sum(counts.map { $0[day] })) }
                + [.count(total)],
            footers: [
                Phrase(
                    vi: "Số khoản đã thanh toán theo giờ Việt Nam; khoản hoàn toàn bộ và khoản 0 đồng không tính.",
                    en: "Payments by the time in Vietnam; fully refunded and 0 đồng ones are not counted."
                )
            ]
        )
    }
}
