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

    /// Copies the lines of a file into `incoming_line` and takes those that are new.
    static func read(_ file: StatementFile, _ tx: borrowing Transaction) throws
        -> (incoming: IncomingLines, summary: StatementSummary, format: StatementFormat?)
    {
        let known = try tx.query("select coalesce(max(id), 0) from statement_line").row().get(0, as: Int64.self)
        var all = IncomingLines(firstID: known + 1)
        let (summary, format) = try file.copyAside(tx) { line in
            all.append(Int32(line.lineNumber), line.transactionID, line.amount, line.bookedAt)
        }
        // From here on PostgreSQL refuses to write to anything but temporary tables.
        try tx.script("set transaction read only")
        let (first, last) = (summary.firstDay, summary.lastDay)
        // Usually no stored line is of the file's days: then all are new, and none needs to be looked up.
        let areAllNew = try tx.query(
            """
            select not exists (select 1 from statement_line
                where account_number = \(file.account) and booked_on between \(first)::date and \(last)::date)
            """
        ).row().get(0, as: Bool.self)
        guard !areAllNew else { return (summary.isNewestFirst ? all.reversed() : all, summary, format) }
        try tx.script("analyze incoming_line")
        let lines = StatementImport.newLines(
            "i.line_number, nullif(i.transaction_id, ''), i.amount, i.booked_at",
            isNewestFirst: summary.isNewestFirst
        )
        var incoming = IncomingLines(firstID: known + 1)
        try tx.stream(Query(trustedSQL: lines, binding: [Int64(0), file.account, first, last])) { row in
            incoming.append(try row.get(0), try row.get(1), try row.get(2), try row.get(3))
        }
        return (incoming, summary, format)
    }

    private init(firstID: Int64) { self.firstID = firstID }

    private mutating func append(_ number: Int32, _ transactionID: String?, _ amount: Money, _ bookedAt: Instant) {
        let key = transactionID.flatMap { $0.isEmpty ? nil : LineKey(transactionID: $0, amount: amount) }
        heads.append(ExactMatch.LineHead(id: firstID + Int64(heads.count), key: key, bookedAt: bookedAt))
        numbers.append(number)
    }

    /// The lines of a file that lists the newest first, in the order in which they are stored.
    private func reversed() -> IncomingLines {
        var incoming = IncomingLines(firstID: firstID)
        incoming.numbers = numbers.reversed()
        incoming.heads = heads.reversed().enumerated().map { place, head in
            ExactMatch.LineHead(id: firstID + Int64(place), key: head.key, bookedAt: head.bookedAt)
        }
        return incoming
    }

    func contains(_ id: Int64) -> Bool { id >= firstID }

    /// The position in the file of a line.
    func number(of id: Int64) -> Int { Int(numbers[Int(id - firstID)]) }

    /// The lines with these ids, with everything that the passes need.
    func lines(_ ids: [Int64], isTrusted: Bool, _ tx: borrowing Transaction) throws -> [Line] {
        guard !ids.isEmpty else { return [] }
        var lines: [Line] = []
        lines.reserveCapacity(ids.count)
        let sql = """
            select \(Line.columns), k.id
            from unnest($1::integer[], $2::bigint[]) as k (line_number, id) join incoming_line l using (line_number)
            """
        // One query for all: the table has no index, so each query reads all of it.
        let query = Query(trustedSQL: sql, binding: [ids.map { numbers[Int($0 - firstID)] }, ids])
        try tx.stream(query) { lines.append(try Line($0, id: $0.get(6), isTrusted: isTrusted)) }
        return lines
    }
}
