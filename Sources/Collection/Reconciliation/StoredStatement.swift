import PaymentQR
import Postgres
public import Values
public import Workflow

/// A statement as it was imported.
public struct StoredStatement: Sendable {
    public let id: Int64
    public let account: String
    /// The BIN of the bank that holds the account.
    public let bank: String
    public let fileName: String?
    /// `csv`, `mt940`, …, or the name of a bank's layout.
    public let format: String
    public let lines: Int
    public let credits: Money
    public let debits: Money
    public let openingBalance: Money?
    public let closingBalance: Money?
    public let firstDay: Day?
    public let lastDay: Day?
    /// The number of lines that an earlier statement already contained.
    public let overlapping: Int
    /// Opening balance minus the balance carried forward; 0 if they agree.
    public let gap: Money
    public let importedAt: Instant
    public let importedBy: String
    /// Whether a program of the bank or the province sent it, with a key of the role `feed`.
    public let isFeed: Bool
    public let forced: Forced?
    public let undone: Undone?
    /// The stored mapping that read it.
    public internal(set) var mapping: Mapping?
    /// How many of its lines wait for another person's confirmation.
    public let awaitingConfirmation: Int

    /// The import of a statement although it belongs to another account or bank.
    public struct Forced: Sendable {
        public let by: String
        public let why: String
        /// What it would have been refused for.
        public let reasons: [Reason]
    }

    /// Which version of a stored mapping read a statement.
    public struct Mapping: Sendable {
        public let id: Int64
        public let version: Int32
    }

    /// That the import was taken back with what its run did. It counts for nothing since.
    public struct Undone: Sendable {
        public let by: String
        public let at: Instant
        public let note: String
    }

    /// The columns that ``init(_:)`` reads, in its order, of `statement s` and its `bank_account a`.
    static let columns = """
        s.id, s.account_number, a.bank_bin, s.file_name, s.format, s.lines, s.credits, s.debits, s.opening_balance,
        s.closing_balance, s.first_day, s.last_day, s.overlapping, s.gap, s.imported_at, s.imported_by, s.is_feed,
        s.forced_by, s.forced_why, s.forced_reasons, (
            select count(distinct p.line_id) from recovery_proposal p
            where p.statement_id = s.id and p.state = 'waiting'), s.undone_at, s.undone_by, s.undone_note, s.mapping_id,
        (select m.version from statement_mapping m where m.id = s.mapping_id)
        """

    /// The bank's common name.
    public var bankName: String { BankNames.name(bin: bank) ?? bank }

    /// Warnings about the statement itself.
    public var warnings: [Reason] {
        guard gap != .zero, undone == nil, let openingBalance else { return [] }
        return [.statementGap(found: openingBalance, expected: openingBalance - gap)]
    }

    /// The statement as it is returned and printed.
    public func members(in language: Language) -> [JSON.Member] {
        [
            .init("id", .integer(id)), .init("account_number", .string(account)), .init("bank_bin", .string(bank)),
            .init("file_name", .optional(fileName)), .init("format", .string(format)),
            .init("first_day", .optional(firstDay?.description)), .init("last_day", .optional(lastDay?.description)),
            .init("lines", .integer(lines)), .init("credits", .money(credits)), .init("debits", .money(debits)),
            .init("opening_balance", openingBalance.map { .money($0) } ?? .null),
            .init("closing_balance", closingBalance.map { .money($0) } ?? .null),
            .init("overlapping", .integer(overlapping)), .init("gap", gap == .zero ? .null : .money(gap)),
            .init("imported_at", .text(importedAt)), .init("imported_by", .string(importedBy)),
            .init("is_feed", .bool(isFeed)), .init("awaiting_confirmation", .integer(awaitingConfirmation)),
            .init("forced", forced?.json(in: language) ?? .null),
            .init("undone", undone?.json ?? .null), .init("mapping", mapping?.json ?? .null),
        ]
    }
}

extension StoredStatement.Undone {
    var json: JSON { ["by": .string(by), "at": .text(at), "note": .string(note)] }
}

extension StoredStatement.Mapping {
    var json: JSON { ["id": .integer(id), "version": .integer(Int64(version))] }
}

extension StoredStatement.Forced {
    func json(in language: Language) -> JSON {
        ["by": .string(by), "why": .string(why), "reasons": .array(reasons.map { $0.warning(in: language) })]
    }
}

extension Reason {
    /// The reason as an item of a list of warnings: its code, values and sentence.
    public func warning(in language: Language) -> JSON {
        [
            "code": .string(code.rawValue), "values": json["values"] ?? [:],
            "sentence": .string(sentence(in: language)),
        ]
    }
}

extension StoredStatement {
    init(_ row: Row) throws {
        id = try row.get(0)
        account = try row.get(1)
        bank = try row.get(2)
        fileName = try row.get(3)
        format = try row.get(4)
        lines = try row.get(5)
        credits = try row.get(6)
        debits = try row.get(7)
        openingBalance = try row.get(8)
        closingBalance = try row.get(9)
        firstDay = try row.get(10)
        lastDay = try row.get(11)
        overlapping = try row.get(12)
        gap = try row.get(13)
        importedAt = try row.get(14)
        importedBy = try row.get(15)
        isFeed = try row.get(16)
        let by: String? = try row.get(17)
        let why: String? = try row.get(18)
        let reasons: JSON? = try row.get(19)
        awaitingConfirmation = try row.get(20)
        let undoneAt: Instant? = try row.get(21)
        let undoneBy: String? = try row.get(22)
        let note: String? = try row.get(23)
        let mappingID: Int64? = try row.get(24)
        let version: Int32? = try row.get(25)
        mapping = mappingID.flatMap { id in version.map { Mapping(id: id, version: $0) } }
        undone = undoneAt.map { Undone(by: undoneBy ?? "", at: $0, note: note ?? "") }
        forced = by.map {
            Forced(by: $0, why: why ?? "", reasons: (reasons?.array ?? []).compactMap { Reason(stored: $0) })
        }
    }
}
