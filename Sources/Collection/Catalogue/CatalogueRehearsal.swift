import FeeSchedule
import Postgres
public import Values

/// What the payments of a month would have brought by the prices in force and by others: each is assessed again by both, as
/// of one day.
public struct CatalogueRehearsal: Sendable {
    /// The payments of an agency.
    public struct Row: Sendable, Hashable {
        public let agency: String
        public let agencyName: Phrase
        public let locality: Phrase
        public let payments: Int64
        public let before: Money
        public let after: Money
        /// Those that could not be assessed by one of the two: their agency, procedure or fee is not in it.
        public let unpriced: Int64

        public var change: Money { after - before }
    }

    /// The first and the last day of the month.
    public let month: (first: Day, last: Day)
    /// The day as of which they are assessed.
    public let day: Day
    /// The agencies with payments, those whose sums change most first.
    public let rows: [Row]

    public var before: Money { rows.map(\.before).total() }
    public var after: Money { rows.map(\.after).total() }

    /// Payments that are alike: assessed alike, so assessed once.
    struct Alike: Sendable {
        let request: AssessmentRequest
        let count: Int64
    }

    /// Decides; reads nothing.
    ///
    /// - Parameter payments: their day is that of the assessment.
    init(
        _ payments: [Alike],
        from old: CatalogueRows,
        to new: CatalogueRows,
        month: (first: Day, last: Day),
        day: Day
    ) {
        let (before, after) = (Schedule(old), Schedule(new))
        var sums: [String: (payments: Int64, before: Int64, after: Int64, unpriced: Int64)] = [:]
        for alike in payments {
            var sum = sums[alike.request.agencyCode] ?? (0, 0, 0, 0)
            sum.payments += alike.count
            do {
                let was = try before.assess(alike.request).amountDue
                let would = try after.assess(alike.request).amountDue
                sum.before += was.dong * alike.count
                sum.after += would.dong * alike.count
            } catch { sum.unpriced += alike.count }
            sums[alike.request.agencyCode] = sum
        }
        self.month = month
        self.day = day
        rows = sums.map { code, sum in
            let agency = after.agencies[code] ?? before.agencies[code]
            let unit = after.unit(ofAgency: code, on: day) ?? before.unit(ofAgency: code, on: day)
            return Row(
                agency: code,
                agencyName: Phrase(vi: agency?.nameVi ?? code, en: agency?.nameEn ?? code),
                locality: Phrase(vi: unit?.nameVi ?? "", en: unit?.nameEn ?? ""),
                payments: sum.payments,
                before: Money(sum.before),
                after: Money(sum.after),
                unpriced: sum.unpriced
            )
        }.sorted {
            let (left, right) = ($0.change.dong.magnitude, $1.change.dong.magnitude)
            return left == right ? $0.agency < $1.agency : left > right
        }
    }

    /// The first day on which something changes, from today on.
    static func day(of difference: CatalogueDifference, today: Day) -> Day {
        let starts = difference.entries.compactMap { entry -> Day? in
            guard let place = entry.file.columns.firstIndex(of: "valid_from") else { return nil }
            return entry.after.flatMap { Day($0[place]) }
        }
        // Before the latest of the prices to come, some would not count yet.
        return starts.filter { $0 > today }.max() ?? today
    }

    /// Rehearses with the payments of the month before today's.
    static func read(
        from old: CatalogueRows,
        to new: CatalogueRows,
        _ difference: CatalogueDifference,
        today: Day,
        _ tx: borrowing Transaction
    ) throws -> CatalogueRehearsal {
        let last = today.adding(days: -today.components.day)
        let first = last.adding(days: 1 - last.components.day)
        let day = CatalogueRehearsal.day(of: difference, today: today)
        let payments = try tx.query(
            """
            select r.agency_code, r.procedure_code, r.channel,
                case when r.payer_evidence_kind is null then null else r.payer_category end, r.items::text, count(*)
            from payment_request_event e join payment_request r on r.id = e.payment_request_id
            where e.paid_on between \(first)::date and \(last)::date
                and e.agency_code = any(\(Array(Set(old.agencies.map(\.code))))::text[])
            group by 1, 2, 3, 4, 5
            """
        ).map { row in
            Alike(
                request: AssessmentRequest(
                    agencyCode: try row.get(0),
                    procedureCode: try row.get(1),
                    items: try row.get(4, as: String?.self).flatMap { try items($0) },
                    channel: try row.code(2),
                    payerCategory: try row.get(3),
                    day: day
                ),
                count: try row.get(5)
            )
        }
        return CatalogueRehearsal(payments, from: old, to: new, month: (first, last), day: day)
    }

    /// The items that a request named.
    private static func items(_ text: String) throws -> [AssessmentRequest.Item]? {
        try JSON.parse(Array(text.utf8)).array?.map { item in
            AssessmentRequest.Item(
                feeCode: item["fee_code"]?.string ?? "",
                quantity: item["quantity"]?.integer ?? 1,
                baseAmount: item["base_amount"]?.integer.map { Money($0) }
            )
        }
    }
}
