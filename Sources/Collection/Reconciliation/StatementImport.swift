import Cryptography
import Postgres
public import Statements
public import Values

/// Imports a bank's statement as a whole or not at all, and only once however often it is sent.
public struct StatementImport: Sendable {
    let database: Database
    /// The connections that copy lines: an import of a large file must not delay anything else.
    let work: Database
    private let mappings: [StatementMapping]
    private let maximumADay: Int

    /// - Parameters:
    ///   - work: connections for long transactions.
    ///   - mappings: layouts of banks' tables in addition to the built-in ones, tried first.
    ///   - maximumADay: how many one key or person may import a day; 0 for any number.
    init(_ database: Database, work: Database, mappings: [StatementMapping] = [], maximumADay: Int) {
        self.maximumADay = maximumADay
        self.database = database
        self.work = work
        self.mappings = mappings + StatementMapping.builtIn
    }

    /// The result of an import.
    public struct Imported: Sendable {
        public let statement: StoredStatement
        /// Whether the same file had already been imported and was not imported again.
        public let isRepeated: Bool

        public var id: Int64 { statement.id }
        /// The number of lines that an earlier statement already contained.
        public var overlapping: Int { statement.overlapping }
        /// Opening balance minus the balance carried forward, if they differ.
        public var gap: Money? { statement.gap == .zero ? nil : statement.gap }

        /// What `khop statement import --json` prints and the API returns.
        public func json(in language: Language) -> JSON {
            .object(
                statement.members(in: language) + [
                    .init("already_imported", .bool(isRepeated)),
                    .init("warnings", .array(statement.warnings.map { $0.warning(in: language) })),
                ]
            )
        }
    }

    /// Who forces the import of a statement of another account or bank, and why.
    public struct Force: Sendable {
        public let person: Person
        public let why: String

        /// Throws unless `why` has 1 to 500 characters.
        public init(person: Person, why: String) throws {
            let why = why.trimming()
            guard (1...500).contains(why.unicodeScalars.count) else {
                throw ServiceError(
                    .invalidParameter,
                    at: "force",
                    Phrase(
                        vi: "nhập bắt buộc phải ghi lý do, từ 1 đến 500 ký tự",
                        en: "say in 1 to 500 characters why the import is forced"
                    )
                )
            }
            self.person = person
            self.why = why
        }
    }

    /// The largest file that is read: 1 GiB.
    public static let maximumBytes = 1 << 30

    /// Reads a file twice, first for its hash and then for its lines, and stores it in one transaction.
    ///
    /// A file that belongs to another account, or has the layout of another bank, is refused with a reason; see
    /// ``Force``.
    ///
    /// - Parameters:
    ///   - format: `auto`, or the name of one: csv, camt053, mt940, xlsx, or a bank's layout.
    ///   - mapping: the layout of this file, if it is not a known one.
    ///   - by: the importer, who may not confirm what it recovers.
    ///   - isFeed: whether it was sent with a key of the role `feed`.
    ///   - force: who imports it although it belongs to another account or bank; recorded if it would have been
    ///     refused.
    ///   - progress: receives how many bytes of the second reading are done.
    public func importFile(
        path: String,
        account: String,
        format: String = "auto",
        mapping: StatementMapping? = nil,
        by person: Person,
        isFeed: Bool = false,
        force: Force? = nil,
        progress: (@Sendable (Int) -> Void)? = nil
    ) async throws -> Imported {
        let file = try await self.file(path, of: account, format: format, mapping: mapping, progress: progress)
        let (hash, size) = try StatementImport.hash(path)
        guard size > 0 else {
            throw ServiceError(.statementRejected, Phrase(vi: "Tệp trống.", en: "The file is empty."))
        }
        if let known = try await find(account: account, hash: hash) { return known }
        try await checkNumber(by: person)
        let incoming = Incoming(file: file, hash: hash, by: person, isFeed: isFeed)
        do {
            return try await store(incoming, force: force)
        } catch let error as PostgresError where error.constraint == "statement_account_hash_key" {
            // The same file was imported concurrently: that import is returned.
            guard let known = try await find(account: account, hash: hash) else { throw error }
            return known
        } catch let refused as StatementRejected {
            throw ServiceError(refused, of: file)
        }
    }

    /// Throws if somebody has imported as many statements today as one may.
    private func checkNumber(by person: Person, now: Instant = .now()) async throws {
        guard maximumADay > 0 else { return }
        let count = try await database.query(
            "select count(*) from statement where imported_by_id = \(person.id) and imported_at >= \(now.day.start)::timestamptz"
        ).row().get(0, as: Int.self)
        guard count >= maximumADay else { return }
        throw ServiceError(
            .tooManyRequests,
            Phrase(
                vi: "Hôm nay đã nhập \(count) sao kê, là mức tối đa một ngày: nhập tiếp vào ngày mai.",
                en: "You have imported \(count) statements today, which is the most a day allows: go on tomorrow."
            )
        ).retrying(after: now.day.lastSecond.unixSeconds - now.unixSeconds + 1)
    }

    /// A file as it is to be read for an account; throws for an unknown account and an unknown format.
    func file(
        _ path: String,
        of account: String,
        format: String,
        mapping: StatementMapping?,
        progress: (@Sendable (Int) -> Void)?
    ) async throws -> StatementFile {
        let bank = try await Accounts.bank(of: account, in: database)
        var stored = try await StatementMappings.inForce(account: account, bank: bank, database)
        // A version that is named is read by, although a later one counts.
        let named = try await StatementMappings.version(format, account: account, bank: bank, database)
        if let named { stored = [named] + stored.filter { $0.name != named.name } }
        let mappings = (mapping.map { [$0] } ?? []) + mappings + stored
        return StatementFile(
            path: path,
            account: account,
            bank: bank,
            format: try StatementImport.format(mapping?.name ?? named?.name ?? format, among: mappings),
            mappings: mappings,
            progress: progress
        )
    }

    /// Stores a statement; one of another account or bank only if it is forced.
    private func store(_ incoming: Incoming, force: Force?) async throws -> Imported {
        do {
            return try await store(incoming)
        } catch let refused as StatementRejected where !refused.foreign.isEmpty {
            guard let force else { throw refused }
            return try await store(incoming.forced(force, refused.foreign))
        }
    }

    /// The format with a name; `nil` for `auto`. Throws for an unknown name.
    private static func format(_ name: String, among mappings: [StatementMapping]) throws -> StatementFormat? {
        if let format = StatementFormat(name, mappings: mappings) { return format }
        guard name != "auto" else { return nil }
        let names = mappings.map(\.name).joined(separator: ", ")
        throw ServiceError(
            .invalidParameter,
            at: "format",
            Phrase(
                vi:
                    "“\(name.prefix(40))” không phải là định dạng đã biết: dùng auto, csv, camt053, camt054, mt940, xlsx hoặc mẫu của một ngân hàng (\(names))",
                en:
                    "“\(name.prefix(40))” is not a known format: use auto, csv, camt053, camt054, mt940, xlsx or a bank's layout (\(names))"
            )
        )
    }

    /// The closing balance of an account's latest statement; `nil` before the first.
    public func lastClosingBalance(_ account: String) async throws -> Money? {
        let rows = try await database.query(
            """
            select closing_balance from statement where account_number = \(account) and closing_balance is not null
                and undone_at is null
            order by last_day desc, id desc limit 1
            """
        )
        return try rows.first?.get(0, as: Money.self)
    }

    /// The import of this very file, if there was one.
    func find(account: String, hash: [UInt8]) async throws -> Imported? {
        let sql = """
            select \(StoredStatement.columns) from statement s join bank_account a using (account_number)
            where s.account_number = $1 and s.file_hash = $2 and s.undone_at is null
            """
        let rows = try await database.query(Query(trustedSQL: sql, binding: [account, Bytes(hash)]))
        return try rows.first.map { Imported(statement: try StoredStatement($0), isRepeated: true) }
    }

    /// The hash of a file's bytes, and how many there are.
    public static func hash(_ path: String) throws -> (digest: [UInt8], size: Int) {
        var hasher = SHA256()
        var size = 0
        try StatementFile.read(path) { piece in
            size += piece.count
            hasher.update(piece)
        }
        return (hasher.finish(), size)
    }
}
