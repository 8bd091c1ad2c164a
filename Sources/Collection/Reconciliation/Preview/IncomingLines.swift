import Matching
import Postgres
import Statements
import Values

/// The lines of a file that no statement contains yet, as a run would see them after an import: with ids above those of
/// all stored lines, in the order in which they would be stored.
struct IncomingLines: Sendable {
    private(set) var heads: [ExactMatch.LineHead] = []
    /// The position in the file of each.
    private var numbers: [Int32] = []
    private let firstID: Int64
    /// What else is known of them; `nil` if they are in the temporary table `incoming_line`.
    private let aside: LinesAside?
    private var isReversed = false

    /// - Parameter firstID: the id of the first line.
    init(firstID: Int64, aside: LinesAside? = nil) {
        self.firstID = firstID
        self.aside = aside
    }

    /// The id that the next stored line gets, at least.
    static func nextID(_ tx: borrowing Transaction) throws -> Int64 {
        try tx.query("select coalesce(max(id), 0) + 1 from statement_line").row().get(0)
    }

    /// Copies the lines of a file into `incoming_line` and takes those that are new. From then on PostgreSQL refuses to
    /// write to anything but temporary tables.
    static func copy(_ file: StatementFile, firstID: Int64, _ tx: borrowing Transaction) throws -> FileReading.Lines {
        let (summary, format) = try file.copyAside(tx)
        try tx.script("set transaction read only; analyze incoming_line")
        let lines = StatementImport.newLines(
            "i.line_number, nullif(i.transaction_id, ''), i.amount, i.booked_at",
            isNewestFirst: summary.isNewestFirst
        )
        var incoming = IncomingLines(firstID: firstID)
        let values: [any Bindable] = [Int64(0), file.account, summary.firstDay, summary.lastDay]
        try tx.stream(Query(trustedSQL: lines, binding: values)) { row in
            incoming.append(try row.get(0), try row.get(1), try row.get(2), try row.get(3))
        }
        return FileReading.Lines(incoming: incoming, summary: summary, format: format)
    }

    mutating func append(_ number: Int32, _ transactionID: String?, _ amount: Money, _ bookedAt: Instant) {
        let key = transactionID.flatMap { $0.isEmpty ? nil : LineKey(transactionID: $0, amount: amount) }
        heads.append(ExactMatch.LineHead(id: firstID + Int64(heads.count), key: key, bookedAt: bookedAt))
        numbers.append(number)
    }

    /// The lines of a file that lists the newest first, in the order in which they are stored.
    func reversed() -> IncomingLines {
        var incoming = IncomingLines(firstID: firstID, aside: aside)
        incoming.isReversed = true
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
        if let aside {
            return try ids.map { id in
                let place = Int(id - firstID)
                return try aside.line(at: isReversed ? heads.count - 1 - place : place, id: id, isTrusted: isTrusted)
            }
        }
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
