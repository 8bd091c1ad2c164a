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
    /// The BIN of the bank that holds the account.
    let bank: String
    let format: StatementFormat?
    let mappings: [StatementMapping]
    let progress: (@Sendable (Int) -> Void)?
    /// Whether to read it although it belongs to another account or bank.
    var acceptsForeign = false
    /// How many faults are listed before reading ends.
    var maximumFaults = StatementRejected.maximumFaults

    /// The columns of a line, in the order of ``put(_:into:)``.
    private static let columns = """
        line_number, transaction_id, booked_at, booked_on, value_date, amount, counterparty_name, counterparty_account,
        counterparty_bank, memo, balance, reference_candidates
        """
    private static let columnCount: Int16 = 12

    /// Copies the lines into `statement_line`.
    func copy(into statement: Int64, _ tx: borrowing Transaction) throws
        -> (summary: StatementSummary, format: StatementFormat?)
    {
        let query = Query(
            trustedSQL:
                "copy statement_line (statement_id, account_number, \(StatementFile.columns)) from stdin (format binary)"
        )
        return try copy(query, tx) { line, writer in
            try writer.row(columns: StatementFile.columnCount + 2)
            writer.put(statement)
            try writer.put(account)
            try StatementFile.put(line, into: &writer)
        }
    }

    var name: String { path.split(separator: "/").last.map(String.init) ?? path }

    /// Copies the lines into the temporary table `incoming_line`.
    func copyAside(_ tx: borrowing Transaction) throws -> (summary: StatementSummary, format: StatementFormat?) {
        try tx.script(
            """
            create temporary table if not exists incoming_line (
                line_number integer, transaction_id text, booked_at timestamptz, booked_on date, value_date date,
                amount bigint, counterparty_name text, counterparty_account text, counterparty_bank text, memo text,
                balance bigint, reference_candidates text[]
            ) on commit drop; truncate incoming_line
            """
        )
        return try copy("copy incoming_line from stdin (format binary)", tx) { line, writer in
            try writer.row(columns: StatementFile.columnCount)
            try StatementFile.put(line, into: &writer)
        }
    }

    private func copy(
        _ query: Query,
        _ tx: borrowing Transaction,
        _ keep: (StatementLine, inout CopyWriter) throws -> Void
    ) throws -> (summary: StatementSummary, format: StatementFormat?) {
        var read: (summary: StatementSummary, format: StatementFormat?)?
        try tx.copyIn(query) { writer in read = try lines { try keep($0, &writer) } }
        guard let read else { preconditionFailure("copyIn runs its body") }
        return read
    }

    /// Reads the lines one after the other; they are valid only if this returns.
    func lines(_ keep: (StatementLine) throws -> Void) throws -> (summary: StatementSummary, format: StatementFormat?) {
        var options = StatementOptions(account: account, bank: bank, mappings: mappings)
        options.acceptsForeign = acceptsForeign
        options.maximumFaults = maximumFaults
        let reader = StatementReader(format: format, options: options)
        var done = 0
        try StatementFile.read(path) { piece in
            try reader.feed(piece, line: keep)
            done += piece.count
            progress?(done)
        }
        return (try reader.finish(line: keep), reader.format)
    }

    /// Our references in a line, at most eight. One in a field of its own takes precedence over one in free text.
    static func references(_ structured: String?, _ memo: String?) -> [String] {
        var found = structured.map { CreditorReference.candidates(in: $0) } ?? []
        for reference in memo.map({ CreditorReference.candidates(in: $0) }) ?? [] where !found.contains(reference) {
            found.append(reference)
        }
        return found.prefix(8).map(\.text)
    }

    private static func put(_ line: StatementLine, into writer: inout CopyWriter) throws {
        let references = references(line.structuredReference, line.memo)
        writer.put(Int32(line.lineNumber))
        try writer.put(line.transactionID)
        writer.put(line.bookedAt)
        writer.put(line.bookedAt.day)
        writer.put(line.valueDate)
        writer.put(line.amount)
        try writer.put(line.counterpartyName)
        try writer.put(line.counterpartyAccount)
        // Kept only for banks that a refund can be paid to.
        try writer.put(line.counterpartyBank.flatMap { BankNames.bin(of: $0) })
        try writer.put(line.memo)
        writer.put(line.balance)
        try writer.put(references.isEmpty ? nil : references)
    }

    /// Reads a file in pieces; throws if it cannot be opened or is too large.
    static func read(_ path: String, _ body: ([UInt8]) throws -> Void) throws {
        guard let file = fopen(path, "rb") else {
            throw ServiceError(
                .invalidParameter,
                at: "file",
                Phrase(
                    vi: "không mở được tệp \(path): tệp có tồn tại không?",
                    en: "the file \(path) cannot be opened: does it exist?"
                )
            )
        }
        defer { fclose(file) }
        var total = 0
        var buffer = [UInt8](repeating: 0, count: 1 << 18)
        while true {
            let count = fread(&buffer, 1, buffer.count, file)
            if count == 0 {
                // A directory opens like a file, and a disk may fail in the middle of a file.
                guard ferror(file) == 0 else {
                    throw ServiceError(
                        .invalidParameter,
                        at: "file",
                        Phrase(
                            vi: "không đọc được \(path): đây có phải là tệp không?",
                            en: "\(path) cannot be read: is it a file?"
                        )
                    )
                }
                break
            }
            total += count
            guard total <= StatementImport.maximumBytes else {
                throw ServiceError(
                    .tooLarge,
                    Phrase(
                        vi: "Sao kê lớn hơn 1 GiB. Hãy chia theo ngày.",
                        en: "The statement is larger than 1 GiB. Split it by days."
                    )
                )
            }
            try body(count == buffer.count ? buffer : Array(buffer[..<count]))
        }
    }
}
