import Postgres

/// Sums of what each day brought an account, so that its balance is read without the years before.
///
/// Only rows that are sealed are summed. Up to a sealed id each row is committed or never will be, so each is summed once,
/// behind the commit: settlement writes nothing for it and waits for nothing. A reader adds the rows behind the sums one by
/// one, so that what it tells is exact however far they have come.
enum DaySums {
    /// How many ids of a table one pass takes, so that a history from before the sums does not hold up what comes in.
    static let mostIDs: Int64 = 100_000

    /// Sums what was sealed since the last pass, unless another pass or the undoing of a statement is under way.
    ///
    /// - Parameter sealed: the id up to which each table is sealed, by its name.
    static func advance(through sealed: [String: Int64], _ tx: borrowing Transaction) throws {
        // Undoing a statement locks the same rows before it deletes what may be summed already.
        let progress = try tx.query(
            "select source, summed_through from day_sum_progress order by source for update skip locked"
        )
        for row in progress {
            let source: DaySumSource = try row.code(0)
            let after = try row.get(1, as: Int64.self)
            let through = min(sealed[source.rawValue] ?? 0, after + mostIDs)
            guard through > after else { continue }
            try tx.query(source.sums(after: after, through: through))
            try tx.query(
                """
                update day_sum_progress set summed_through = \(through)::bigint where source = \(source.rawValue)
                """
            )
        }
    }
}
