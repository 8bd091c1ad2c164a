import Postgres

/// The ids up to which the rows of each table are in the sums.
///
/// They are read first, so that the rows behind them are looked up by a known id. Where the transaction has no snapshot of its
/// own, the sums may move on meanwhile: a statement that adds up sums and rows therefore asks for the marks again.
struct DaySumMarks {
    let postings: Int64
    let lines: Int64
    let outcomes: Int64
    let otherNotices: Int64
    let requests: Int64

    static func read(_ tx: borrowing Transaction) throws -> DaySumMarks {
        var marks: [String: Int64] = [:]
        for row in try tx.query("select source, summed_through from day_sum_progress") {
            marks[try row.get(0)] = try row.get(1)
        }
        func mark(_ source: DaySumSource) -> Int64 { marks[source.rawValue] ?? 0 }
        return DaySumMarks(
            postings: mark(.postings),
            lines: mark(.lines),
            outcomes: mark(.outcomes),
            otherNotices: mark(.otherNotices),
            requests: mark(.requests)
        )
    }
}
