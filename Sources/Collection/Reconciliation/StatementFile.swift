import PaymentQR
import Postgres
import Statements
import Values

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A statement's file on its way into the database, piece by piece.
struct StatementFile {
    let path: String
    let account: String
    let format: StatementFormat?
    let mappings: [StatementMapping]
    let progress: (@Sendable (Int) -> Void)?

    /// Columns that a line brings, in the order of ``columns(_:)``.
    private static let columns = """
        line_number, transaction_id, booked_at, booked_on, value_date, amount, counterparty_name, counterparty_account, memo,
        balance, reference_candidates
        """

    /// Copies the lines to where they stay.
    func copy(into statement: Int64, _ tx: borrowing Transaction) throws
        -> (summary: StatementSummary, format: StatementFormat?)
    {
        let ends = [String(statement), account]
        let query = Query(
            trustedSQL: "copy statement_line (\(StatementFile.columns), statement_id, account_number) from stdin"
        )
        return try copy(query, ends, tx)
    }

    /// Copies the lines into the temporary table `incoming_line`.
    func copyAside(_ tx: borrowing Transaction) throws -> (summary: StatementSummary, format: StatementFormat?) {
        try tx.script(
            """
            create temporary table if not exists incoming_line (
                line_number integer, transaction_id text, booked_at timestamptz, booked_on date, value_date date,
                amount bigint, counterparty_name text, counterparty_account text, memo text, balance bigint,
                reference_candidates text[]
            ) on commit drop; truncate incoming_line
            """
        )
        let copied = try copy("copy incoming_line from stdin", [], tx)
        try tx.script("analyze incoming_line")
        return copied
    }

    private func copy(_ query: Query, _ ends: [String?], _ tx: borrowing Transaction) throws
        -> (summary: StatementSummary, format: StatementFormat?)
    {
        let reader = StatementReader(format: format, options: StatementOptions(account: account, mappings: mappings))
        var summary = StatementSummary()
        try tx.copyIn(query) { writer in
            var done = 0
            func keep(_ line: StatementLine) throws { try writer.row(StatementFile.columns(line) + ends) }
            try StatementFile.read(path) { piece in
                try reader.feed(piece, line: keep)
                done += piece.count
                progress?(done)
            }
            summary = try reader.finish(line: keep)
        }
        return (summary, reader.format)
    }

    private static func columns(_ line: StatementLine) -> [String?] {
        // A reference in a field of its own is worth more than one in free text.
        var found = line.structuredReference.map { CreditorReference.candidates(in: $0) } ?? []
        for reference in line.memo.map({ CreditorReference.candidates(in: $0) }) ?? [] where !found.contains(reference)
        {
            found.append(reference)
        }
        let references = found.isEmpty ? nil : "{" + found.prefix(8).map(\.text).joined(separator: ",") + "}"
        return [
            String(line.lineNumber), line.transactionID, line.bookedAt.description, line.bookedAt.day.description,
            line.valueDate?.description, line.amount.description, line.counterpartyName, line.counterpartyAccount,
            line.memo, line.balance?.description, references,
        ]
    }

    /// Reads a file in pieces; throws where it cannot be opened or is larger than is read.
    static func read(_ path: String, _ body: ([UInt8]) throws -> Void) throws {
        guard let file = fopen(path, "rb") else {
            throw ServiceError(.invalidParameter, at: "file", "the file \(path) cannot be opened: does it exist?")
        }
        defer { fclose(file) }
        var total = 0
        var buffer = [UInt8](repeating: 0, count: 1 << 18)
        while true {
            let count = fread(&buffer, 1, buffer.count, file)
            if count == 0 { break }
            total += count
            guard total <= StatementImport.maximumBytes else {
                throw ServiceError(.tooLarge, "The statement is larger than 1 GiB. Split it by days.")
            }
            try body(count == buffer.count ? buffer : Array(buffer[..<count]))
        }
    }
}
