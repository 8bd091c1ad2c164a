import Cryptography
public import Postgres
public import Statements
public import Values

/// Brings a bank's statement in: whole or not at all, once however often it is sent.
public struct StatementImport: Sendable {
    private let database: Database
    private let mappings: [StatementMapping]

    /// - Parameter mappings: layouts of banks' tables besides those that are built in, tried first.
    public init(_ database: Database, mappings: [StatementMapping] = []) {
        self.database = database
        self.mappings = mappings + StatementMapping.builtIn
    }

    /// A statement as it was imported.
    public struct Imported: Sendable {
        public let id: Int64
        public let account: String
        public let summary: StatementSummary
        public let overlapping: Int
        /// What the opening balance is more than the statements before lead to, where they do not meet.
        public let gap: Money?
        public let isRepeated: Bool

        public var json: JSON {
            [
                "id": .integer(id), "lines": .integer(summary.lines), "credits": .money(summary.credits),
                "debits": .money(summary.debits), "opening_balance": summary.openingBalance.map { .money($0) } ?? .null,
                "closing_balance": summary.closingBalance.map { .money($0) } ?? .null,
                "overlapping": .integer(overlapping), "gap": gap.map { .money($0) } ?? .null,
                "already_imported": .bool(isRepeated),
            ]
        }
    }

    /// Gives pieces of the file until it ends with `nil`.
    public typealias Source = () throws -> [UInt8]?

    /// The largest file that is read: 1 GiB.
    public static let maximumBytes = 1 << 30

    /// Reads a file twice, first for its hash, then for its lines, and stores it in one transaction.
    ///
    /// - Parameter format: `auto`, or the name of one: csv, camt053, mt940, xlsx, or a bank's layout.
    /// - Parameter mapping: the layout of this file, where it is none of those known.
    /// - Parameter progress: told how many bytes of the second reading are done.
    public func importFile(
        path: String,
        account: String,
        format: String = "auto",
        mapping: StatementMapping? = nil,
        by: String,
        progress: (@Sendable (Int) -> Void)? = nil
    ) async throws -> Imported {
        try await Accounts.require(account, in: database)
        let mappings = (mapping.map { [$0] } ?? []) + mappings
        let chosen = StatementFormat(mapping?.name ?? format, mappings: mappings)
        guard chosen != nil || format == "auto" else {
            let names = mappings.map(\.name).joined(separator: ", ")
            throw ServiceError(
                .invalidParameter,
                at: "format",
                Phrase(
                    vi:
                        "“\(format.prefix(40))” không phải là định dạng đã biết: dùng auto, csv, camt053, camt054, mt940, xlsx hoặc mẫu của một ngân hàng (\(names))",
                    en:
                        "“\(format.prefix(40))” is not a known format: use auto, csv, camt053, camt054, mt940, xlsx or a bank's layout (\(names))"
                )
            )
        }
        let hash = try StatementImport.hash(path)
        if let known = try await find(account: account, hash: hash) { return known }
        let name = path.split(separator: "/").last.map(String.init) ?? path
        do {
            return try await database.transaction(attempts: 1) { tx in
                try tx.script("set local statement_timeout = '30min'")
                try Locks.statements(of: account, tx)
                return try StatementImport.store(
                    tx,
                    name: name,
                    file: StatementFile(
                        path: path,
                        account: account,
                        format: chosen,
                        mappings: mappings,
                        progress: progress
                    ),
                    hash: hash,
                    by: by
                )
            }
        } catch let error as PostgresError where error.constraint == "statement_account_hash_key" {
            // The same file came in by another way meanwhile: that import is this one.
            guard let known = try await find(account: account, hash: hash) else { throw error }
            return known
        } catch let error as StatementRejected {
            throw ServiceError(
                .statementRejected,
                Phrase(
                    vi: "Sao kê có \(error.faults.count) lỗi\(error.hasMore ? " hoặc nhiều hơn" : ""); chưa nhập gì.",
                    en:
                        "The statement has \(error.faults.count)\(error.hasMore ? " or more" : "") fault(s); nothing was imported."
                ),
                faults: error.faults.map { fault in
                    ServiceError.Fault(
                        "line \(fault.line)" + (fault.field.isEmpty ? "" : ", \(fault.field)"),
                        fault.reason.prefixed(by: fault.value.isEmpty ? "" : "“\(fault.value)” ")
                    )
                }
            )
        }
    }

    /// What an account held at the end of its latest statement; `nil` before the first.
    public func lastClosingBalance(_ account: String) async throws -> Money? {
        let rows = try await database.query(
            """
            select closing_balance from statement where account_number = \(account) and closing_balance is not null
            order by last_day desc, id desc limit 1
            """
        )
        return try rows.first?.get(0, as: Money.self)
    }

    /// The statement of an id, or throws `notFound`.
    public func find(_ id: Int64) async throws -> Imported {
        let rows = try await database.query(
            Query(trustedSQL: "select \(StatementImport.columns) from statement where id = $1::bigint", binding: [id])
        )
        guard let row = rows.first else { throw ServiceError(.notFound, .none(.statement, id)) }
        return try StatementImport.imported(row, isRepeated: false)
    }

    private func find(account: String, hash: [UInt8]) async throws -> Imported? {
        let sql = "select \(StatementImport.columns) from statement where account_number = $1 and file_hash = $2"
        let rows = try await database.query(Query(trustedSQL: sql, binding: [account, Bytes(hash)]))
        return try rows.first.map { try StatementImport.imported($0, isRepeated: true) }
    }

    /// What ``imported(_:isRepeated:)`` reads, in its order.
    private static let columns =
        "id, lines, credits, debits, opening_balance, closing_balance, overlapping, gap, account_number"

    private static func imported(_ row: Row, isRepeated: Bool) throws -> Imported {
        var summary = StatementSummary()
        let (id, lines, credits, debits, opening, closing, overlapping, gap, account) = try row.decode(
            Int64.self,
            Int.self,
            Money.self,
            Money.self,
            Money?.self,
            Money?.self,
            Int.self,
            Money.self,
            String.self
        )
        summary.lines = lines
        summary.credits = credits
        summary.debits = debits
        summary.openingBalance = opening
        summary.closingBalance = closing
        return Imported(
            id: id,
            account: account,
            summary: summary,
            overlapping: overlapping,
            gap: gap == .zero ? nil : gap,
            isRepeated: isRepeated
        )
    }

    static func hash(_ path: String) throws -> [UInt8] {
        var hasher = SHA256()
        var size = 0
        try StatementFile.read(path) { piece in
            size += piece.count
            hasher.update(piece)
        }
        guard size > 0 else {
            throw ServiceError(.statementRejected, Phrase(vi: "Tệp trống.", en: "The file is empty."))
        }
        return hasher.finish()
    }

    private static func store(
        _ tx: borrowing Transaction,
        name: String,
        file: StatementFile,
        hash: [UInt8],
        by: String
    ) throws -> Imported {
        let account = file.account
        let id = try tx.query(
            """
            insert into statement (account_number, file_hash, format, file_name, lines, credits, debits, imported_by)
            values (\(account), \(Bytes(hash)), \(file.format?.description ?? "auto"), \(name), 0, 0, 0, \(by)) returning id
            """
        ).row().get(0, as: Int64.self)
        // The first statement of an account overlaps with none, so its lines go where they stay at once.
        let isFirst = try tx.query(
            "select 1 from statement where account_number = \(account) and id <> \(id)::bigint and lines > 0 limit 1"
        ).isEmpty
        var read: (summary: StatementSummary, format: StatementFormat?)?
        if isFirst {
            try tx.script("savepoint first_statement")
            read = try file.copy(into: id, tx)
            // Lines have ascending ids in the order in which they were booked.
            if read?.summary.isNewestFirst == true {
                try tx.script("rollback to savepoint first_statement")
                read = nil
            }
        }
        var stored: Int
        if let read {
            stored = read.summary.lines
        } else {
            let other = try file.copyAside(tx)
            stored = try takeOver(tx, id: id, account: account, isNewestFirst: other.summary.isNewestFirst)
            read = other
        }
        guard let (summary, found) = read else {
            throw ServiceError(.internalFailure, Phrase(vi: "Chưa đọc được sao kê.", en: "The statement was not read."))
        }
        let overlapping = summary.lines - stored
        try tx.query(
            """
            update statement set format = \(found?.description ?? "csv"), lines = \(summary.lines)::integer,
                credits = \(summary.credits)::bigint, debits = \(summary.debits)::bigint,
                opening_balance = \(summary.openingBalance)::bigint, closing_balance = \(summary.closingBalance)::bigint,
                first_day = \(summary.firstDay)::date, last_day = \(summary.lastDay)::date,
                overlapping = \(overlapping)::integer
            where id = \(id)::bigint
            """
        )
        try tx.query("select judge_statement_gaps(\(id)::bigint, \(Instant.now())::timestamptz)")
        let row = try tx.query(
            Query(trustedSQL: "select \(columns) from statement where id = $1::bigint", binding: [id])
        ).row()
        return try imported(row, isRepeated: false)
    }

    /// Moves the lines that were read aside to where they stay; gives how many are new.
    ///
    /// A line that an earlier statement brought is that line and not another: of the same bank transaction id, day and
    /// amount; where either tells no id, of the same day, amount, memo and running balance, as many times as it stood there.
    /// Only lines of the file's days are looked through: there may be years of others.
    private static func takeOver(_ tx: borrowing Transaction, id: Int64, account: String, isNewestFirst: Bool) throws
        -> Int
    {
        let (first, last) = try tx.query("select min(booked_on), max(booked_on) from incoming_line").row()
            .decode(Day?.self, Day?.self)
        return try tx.query(
            Query(
                trustedSQL: """
                    with coming as (
                        select i.*, coalesce(i.memo, '') as words, nullif(i.transaction_id, '') is null as is_nameless,
                            row_number() over (
                                partition by i.booked_on, i.amount, coalesce(i.memo, ''), i.balance,
                                    nullif(i.transaction_id, '') is null
                                order by i.line_number) as nth
                        from incoming_line i
                    ),
                    known as (
                        select l.booked_on, l.amount, coalesce(l.memo, '') as words, l.balance, count(*) as lines,
                            count(*) filter (where nullif(l.transaction_id, '') is null) as nameless
                        from statement_line l
                        where l.account_number = $2 and l.statement_id <> $1::bigint and l.balance is not null
                            and l.booked_on between $3::date and $4::date
                        group by 1, 2, 3, 4
                    )
                    insert into statement_line (statement_id, line_number, account_number, transaction_id, booked_at,
                        booked_on, value_date, amount, counterparty_name, counterparty_account, counterparty_bank, memo,
                        balance, reference_candidates)
                    select $1::bigint, i.line_number, $2, i.transaction_id, i.booked_at, i.booked_on, i.value_date, i.amount,
                        i.counterparty_name, i.counterparty_account, i.counterparty_bank, i.memo, i.balance,
                        i.reference_candidates
                    from coming i left join known k using (booked_on, amount, words, balance)
                    where not exists (
                            select 1 from statement_line l
                            where l.account_number = $2 and l.statement_id <> $1::bigint
                                and l.booked_on between $3::date and $4::date
                                and l.transaction_id = nullif(i.transaction_id, '') and l.amount = i.amount
                                and l.booked_on = i.booked_on)
                        and i.nth > coalesce(case when i.is_nameless then k.lines else k.nameless end, 0)
                    order by i.line_number \(isNewestFirst ? "desc" : "asc")
                    """,
                binding: [id, account, first, last]
            )
        ).affected
    }
}
