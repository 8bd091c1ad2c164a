import Postgres
import Sealing
import Values

/// The seals that were made in a period, and the entries that they sealed.
struct InspectionPeriod: Sendable {
    let days: ClosedRange<Day>
    /// The last seal before it; `nil` if the period has the first.
    let before: SealRecord?
    let first: Int64
    let last: SealRecord

    /// The places of its entries in the history.
    var entries: Range<Int64> { (before?.head.size ?? 0)..<last.head.size }

    /// - Throws: `notFound` if nothing was sealed in it.
    init(_ days: ClosedRange<Day>, _ tx: borrowing Transaction) throws {
        self.days = days
        func latest(before moment: Instant) throws -> SealRecord? {
            try tx.query(
                Query(
                    trustedSQL: """
                        select \(SealRecord.columns) from seal where sealed_at < $1::timestamptz
                        order by number desc limit 1
                        """,
                    binding: [moment]
                )
            ).first.map(SealRecord.init)
        }
        before = try latest(before: days.lowerBound.start)
        guard let last = try latest(before: days.upperBound.next.start), last.number > before?.number ?? 0 else {
            let (from, to) = (days.lowerBound.formatted, days.upperBound.formatted)
            throw ServiceError(
                .notFound,
                Phrase(
                    vi: "Không có gì được niêm phong từ \(from) đến \(to); `khop seal list` cho biết các niêm phong.",
                    en: "Nothing was sealed from \(from) to \(to); `khop seal list` shows the seals."
                )
            )
        }
        first = (before?.number ?? 0) + 1
        self.last = last
    }
}
