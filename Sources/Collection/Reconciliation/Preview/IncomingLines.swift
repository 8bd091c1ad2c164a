import Matching
import Postgres
import Statements
import Values

/// The lines in the temporary table `incoming_line` that no statement contains yet, as a run would see them after an
/// import: with ids above those of all stored lines, in the order in which they would be stored.
struct IncomingLines: Sendable {
    private(set) var heads: [ExactMatch.LineHead] = []
    /// The position in the file of each.
    private var numbers: [Int32] = []
    private let firstID: Int64

    /// - Parameter summary: of the file whose lines were copied.
    static func read(_ account: String, _ summary: StatementSummary, _ tx: borrowing Transaction) throws
        -> IncomingLines
    {
        let known = try tx.query("select coalesce(max(id), 0) from statement_line").row().get(0, as: Int64.self)
        var incoming = IncomingLines(firstID: known + 1)
        let columns = "i.line_number, nullif(i.transaction_id, ''), i.amount, i.booked_at"
        let (first, last) = (summary.firstDay, summary.lastDay)
        // Usually no stored line is of the file's days: then none needs to be looked up.
        let areAllNew = try tx.query(
            """
            select not exists (select 1 from statement_line
                where account_number = \(account) and booked_on between \(first)::date and \(last)::date)
            """
        ).row().get(0, as: Bool.self)
        let order = summary.isNewestFirst ? "desc" : "asc"
        let query =
            areAllNew
            ? Query(trustedSQL: "select \(columns) from incoming_line i order by i.line_number \(order)")
            : Query(
                trustedSQL: StatementImport.newLines(columns, isNewestFirst: summary.isNewestFirst),
                binding: [Int64(0), account, first, last]
            )
        try tx.stream(query) { try incoming.append($0) }
        return incoming
    }

    private init(firstID: Int64) { self.firstID = firstID }

    private mutating func append(_ row: Row) throws {
        let amount = try row.get(2, as: Money.self)
        heads.append(
            ExactMatch.LineHead(
                id: firstID + Int64(numbers.count),
                key: try row.get(1, as: String?.self).map { LineKey(transactionID: $0, amount: amount) },
                bookedAt: try row.get(3)
            )
        )
        numbers.append(try row.get(0))
    }

    func contains(_ id: Int64) -> Bool { id >= firstID }

    /// The position in the file of a line.
    func number(of id: Int64) -> Int { Int(numbers[Int(id - firstID)]) }

    /// The lines with these ids, with everything that the passes need.
    func lines(_ ids: [Int64], isTrusted: Bool, _ tx: borrowing Transaction) throws -> [Line] {
        var lines: [Line] = []
        lines.reserveCapacity(ids.count)
        let sql = """
            select \(Line.columns), k.id
            from unnest($1::integer[], $2::bigint[]) as k (line_number, id) join incoming_line l using (line_number)
            """
        for start in stride(from: 0, to: ids.count, by: 100_000) {
            let part = Array(ids[start..<min(start + 100_000, ids.count)])
            let query = Query(trustedSQL: sql, binding: [part.map { numbers[Int($0 - firstID)] }, part])
            for row in try tx.query(query) { lines.append(try Line(row, id: row.get(6), isTrusted: isTrusted)) }
        }
        return lines
    }
}
