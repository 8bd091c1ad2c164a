public import BankCallbacks
import Cryptography
import Postgres
public import Values

/// The daily files of the national payment platform: stored once, held against books and statement, answered.
public struct PlatformFiles: Sendable {
    let database: Database
    let connections: Connections

    /// The result of an import.
    public struct Imported: Sendable {
        public let shown: PlatformFileShown
        /// Whether the same file was there already and was not imported again.
        public let isRepeated: Bool

        public func json(in language: Language) -> JSON {
            .object((shown.json(in: language).members ?? []) + [.init("already_imported", .bool(isRepeated))])
        }
    }

    /// Imports a day's file, and opens a case for each difference.
    ///
    /// - Parameters:
    ///   - day: that it is of; a file without a row of that day is refused, as that of yesterday.
    ///   - name: of the file, for people.
    ///   - accounts: the only ones whose connections the caller may import for; `nil` for all.
    public func importFile(
        _ bytes: [UInt8],
        connection name: String,
        day: Day,
        name fileName: String,
        layout: PlatformFile.Layout = PlatformFile.Layout(),
        by person: Person,
        within accounts: [String]? = nil,
        now: Instant = .now()
    ) async throws -> Imported {
        let connection = try await connection(name, within: accounts)
        let hash = SHA256.hash(bytes)
        if let known = try await known(hash, connection.id) { return known }
        let file = try PlatformFiles.read(bytes, layout, of: day, now: now)
        let label = PlatformFiles.label(fileName, name, day)
        do {
            let id = try await database.transaction { tx in
                try PlatformFiles.store(file, hash, connection, day, label, person, now, tx)
            }
            return Imported(shown: try await compare(id, now: now), isRepeated: false)
        } catch let error as PostgresError where error.constraint == "platform_file_hash_key" {
            guard let known = try await known(hash, connection.id) else { throw error }
            return known
        }
    }

    static func read(
        _ bytes: [UInt8],
        _ layout: PlatformFile.Layout,
        of day: Day,
        now: Instant
    ) throws -> PlatformFile {
        let file: PlatformFile
        do { file = try PlatformFile(bytes, layout: layout) } catch {
            throw ServiceError(.statementRejected, error.phrase)
        }
        try check(file, is: day, now: now)
        return file
    }

    /// The name that a file is listed by.
    static func label(_ fileName: String, _ connection: String, _ day: Day) -> String {
        fileName.trimming().isEmpty ? "\(connection)-\(day)" : String(fileName.trimming().prefix(200))
    }

    func known(_ hash: [UInt8], _ connection: Int32) async throws -> Imported? {
        let found = try await database.query(
            """
            select id from platform_file where connection_id = \(connection)::integer and hash = \(Bytes(hash))
            """
        ).first
        guard let id = try found?.get(0, as: Int64.self) else { return nil }
        return Imported(shown: try await show(id), isRepeated: true)
    }

    static func store(
        _ file: PlatformFile,
        _ hash: [UInt8],
        _ connection: BankConnection,
        _ day: Day,
        _ name: String,
        _ person: Person,
        _ now: Instant,
        _ tx: borrowing Transaction
    ) throws -> Int64 {
        try Locks.platform(of: "connection:\(connection.id)", tx)
        let id = try tx.query(
            """
            insert into platform_file (connection_id, day, turn, name, hash, rows, total, imported_at, imported_by,
                imported_by_name)
            select \(connection.id)::integer, \(day)::date, coalesce(max(turn), 0) + 1, \(name), \(Bytes(hash)),
                \(Int32(file.rows.count))::integer, \(file.total), \(now)::timestamptz, \(person.id), \(person.name)
            from platform_file where connection_id = \(connection.id)::integer and day = \(day)::date
            returning id
            """
        ).row().get(0, as: Int64.self)
        let rows = JSON.array(file.rows.map(PlatformFiles.stored)).serialized
        try tx.query(
            """
            insert into platform_row (file_id, number, code, transaction_id, amount, happened_at, bank, status, fault)
            select \(id)::bigint, r.number, r.code, r.transaction_id, r.amount, r.happened_at, r.bank, r.status, r.fault
            from json_to_recordset(\(rows)::json) as r (number integer, code text, transaction_id text, amount bigint,
                happened_at timestamptz, bank text, status text, fault text)
            """
        )
        try Audit.record(
            tx,
            person,
            "platform_file.import",
            "connection:\(connection.settings.name)",
            [
                "file": .integer(id), "day": .text(day), "name": .string(name),
                "rows": .integer(file.rows.count), "total": .money(file.total), "sha256": .string(hexadecimal(hash)),
            ]
        )
        return id
    }

    private static func stored(_ row: PlatformFile.Row) -> JSON {
        if let fault = row.fault { return ["number": .integer(row.number), "fault": .string(fault)] }
        return [
            "number": .integer(row.number), "code": .string(row.code), "transaction_id": .string(row.transactionID),
            "amount": .money(row.amount), "happened_at": .optional(row.happenedAt?.description),
            "bank": .string(row.bank), "status": .string(row.status),
        ]
    }

    /// Throws for a file of another day than it is said to be of.
    private static func check(_ file: PlatformFile, is day: Day, now: Instant) throws {
        guard day <= now.day, day >= now.day.adding(days: -400) else {
            throw ServiceError(
                .invalidParameter,
                at: "day",
                Phrase(
                    vi: "phải là một ngày đã qua hoặc hôm nay, trong 400 ngày gần đây",
                    en: "must be a day of the last 400, or today"
                )
            )
        }
        let days = Set(file.rows.compactMap { $0.happenedAt?.day })
        guard days.isEmpty || days.contains(day) else {
            let named = days.sorted().prefix(3).map(\.formatted).joined(separator: ", ")
            throw ServiceError(
                .statementRejected,
                Phrase(
                    vi:
                        "Không dòng nào của tệp thuộc ngày \(day.formatted); các dòng thuộc \(named). Hãy nêu đúng ngày.",
                    en: "No row of the file is of \(day.formatted); its rows are of \(named). Name its own day."
                )
            )
        }
    }

    func connection(_ name: String, within accounts: [String]?) async throws -> BankConnection {
        guard let found = try await connections.open(name), found.settings.profile == .nationalPlatform,
            accounts.map({ $0.contains(found.settings.accountNumber) }) ?? true
        else { throw Connections.missing(name) }
        return found
    }

    /// The files, those of the latest day first.
    ///
    /// - Parameters:
    ///   - before: an id; those imported before it, for the next page.
    public func list(
        connection: String? = nil,
        within accounts: [String]? = nil,
        before: Int64? = nil,
        limit: Int = 50
    ) async throws -> [PlatformFileRecord] {
        guard (1...500).contains(limit) else {
            throw ServiceError(.invalidParameter, at: "limit", .wholeNumber(1...500))
        }
        return try await database.query(
            Query(
                trustedSQL: """
                    select \(PlatformFileRecord.columns) from platform_file f join connection c on c.id = f.connection_id
                    where ($1::text is null or c.name = $1)
                        and ($2::text[] is null or c.account_number = any($2)) and f.id < $3::bigint
                    order by f.id desc limit $4::integer
                    """,
                binding: [connection, accounts, before ?? .max, Int32(limit)]
            )
        ).map { try PlatformFileRecord($0) }
    }

    /// The file of an id, or throws `notFound`.
    func find(_ id: Int64, within accounts: [String]?, _ tx: borrowing Transaction) throws -> PlatformFileRecord {
        let row = try tx.query(
            Query(
                trustedSQL: """
                    select \(PlatformFileRecord.columns) from platform_file f join connection c on c.id = f.connection_id
                    where f.id = $1::bigint and ($2::text[] is null or c.account_number = any($2))
                    """,
                binding: [id, accounts]
            )
        ).first
        guard let row else { throw ServiceError(.notFound, .none(.platformFile, id)) }
        return try PlatformFileRecord(row)
    }
}
