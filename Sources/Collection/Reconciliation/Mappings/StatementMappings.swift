import Cryptography
import Postgres
import Statements
public import Values

/// Descriptions of banks' tables that somebody has stored: made, accepted by another person where nothing proves them,
/// ended, and read by imports while they count.
public struct StatementMappings: Sendable {
    let database: Database
    /// Names that mean something else already.
    let taken: Set<String>

    /// The most that a description may have, in bytes of its JSON.
    public static let maximumBytes = 32 << 10
    /// How many stored mappings are tried on a file.
    static let mostTried = 100

    init(_ database: Database, configured: [StatementMapping]) {
        self.database = database
        taken = Set((configured + StatementMapping.builtIn).map(\.name))
    }

    /// What is to be stored.
    public struct Draft: Sendable {
        /// The description; its bank may be left out.
        public let json: JSON
        /// The only account whose statements it is to read; `nil` for all of the bank.
        public let account: String?
        /// A whole file that it reads; `nil` if there is none, and then nothing proves it.
        public let sample: [UInt8]?

        public init(json: JSON, account: String?, sample: [UInt8]?) {
            (self.json, self.account, self.sample) = (json, account, sample)
        }
    }

    // MARK: Read

    /// The last version of each name, and every version that waits; the latest first.
    ///
    /// - Parameter accounts: only those of these accounts and those of whole banks; `nil` for all.
    public func list(within accounts: [String]? = nil) async throws -> [StoredMapping] {
        let sql = """
            select \(StoredMapping.columns) from statement_mapping m
            where ($1::text[] is null or m.account_number is null or m.account_number = any($1))
                and (m.accepted_at is null and m.ended_at is null
                    or m.version = (select max(version) from statement_mapping n where n.name = m.name)
                    or m.version = (select max(version) from statement_mapping n where n.name = m.name
                        and n.accepted_at is not null and n.ended_at is null))
            order by m.id desc limit 500
            """
        return try await database.query(Query(trustedSQL: sql, binding: [accounts])).map { try StoredMapping($0) }
    }

    /// A version by its id; throws `not-found`.
    public func find(_ id: Int64) async throws -> StoredMapping {
        try await database.read { tx in try StatementMappings.read(id, tx) }
    }

    /// All versions of a name, the latest first.
    public func versions(_ name: String) async throws -> [StoredMapping] {
        let sql = """
            select \(StoredMapping.columns) from statement_mapping m where m.name = $1 order by m.version desc limit 200
            """
        return try await database.query(Query(trustedSQL: sql, binding: [name])).map { try StoredMapping($0) }
    }

    private static func read(_ id: Int64, _ tx: borrowing Transaction) throws -> StoredMapping {
        let sql = "select \(StoredMapping.columns) from statement_mapping m where m.id = $1::bigint"
        guard let row = try tx.query(Query(trustedSQL: sql, binding: [id])).first else {
            throw ServiceError(.notFound, .none(.statementMapping, id))
        }
        return try StoredMapping(row)
    }

    /// The mappings that count for an account's statements; those of the account itself first.
    static func inForce(account: String, bank: String, _ database: Database) async throws -> [StatementMapping] {
        let sql = """
            select \(StoredMapping.columns) from statement_mapping m
            where m.accepted_at is not null and m.ended_at is null and m.bank_bin = $2
                and (m.account_number is null or m.account_number = $1)
                and not exists (select from statement_mapping n where n.name = m.name and n.version > m.version
                    and n.accepted_at is not null)
            order by m.account_number is null, m.id desc limit $3::integer
            """
        let binding: [any Bindable & Sendable] = [account, bank, Int32(mostTried)]
        return try await database.query(Query(trustedSQL: sql, binding: binding)).map {
            try StoredMapping($0).mapping()
        }
    }

    /// The version that a format names, as `name@2`; `nil` for another format. Throws for one that never counted, counts
    /// no more or is another account's.
    static func version(_ format: String, account: String, bank: String, _ database: Database) async throws
        -> StatementMapping?
    {
        let parts = format.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, let version = Int32(parts[1]) else { return nil }
        let sql = """
            select \(StoredMapping.columns) from statement_mapping m
            where m.name = $1 and m.version = $2::integer and m.accepted_at is not null and m.ended_at is null
                and m.bank_bin = $4 and (m.account_number is null or m.account_number = $3)
            """
        let binding: [any Bindable & Sendable] = [String(parts[0]), version, account, bank]
        guard let row = try await database.query(Query(trustedSQL: sql, binding: binding)).first else {
            throw ServiceError(
                .invalidParameter,
                at: "format",
                Phrase(
                    vi: "không có mẫu \(format.prefix(60)) nào đang dùng được cho tài khoản này",
                    en: "there is no mapping \(format.prefix(60)) that counts for this account"
                )
            )
        }
        return try StoredMapping(row).mapping()
    }

    // MARK: Change

    /// Stores a description as the next version of its name.
    ///
    /// It counts at once if its sample proves it, and when another person has accepted it otherwise.
    ///
    /// - Throws: `invalid-body` for a description that is none, or a name that is taken; `statement-rejected` for a sample
    ///   that it does not read; `conflict` if it is what the last version says already.
    public func save(_ draft: Draft, by person: Person, now: Instant = .now()) async throws -> StoredMapping {
        let bank = try await bank(of: draft)
        let mapping = try checked(draft.json, bank: bank)
        let trial = try draft.sample.map { try StatementMappings.trial($0, mapping, draft.account, now) }
        let isProven = trial?.isProven ?? false
        return try await database.transaction { tx in
            try Locks.mappings(tx)
            let version = try StatementMappings.nextVersion(mapping, draft.account, bank, tx)
            let id = try tx.query(
                """
                insert into statement_mapping (name, version, bank_bin, account_number, mapping, is_proven, made_by,
                    made_by_name, made_at, accepted_by, accepted_by_name, accepted_at)
                values (\(mapping.name), \(version)::integer, \(bank), \(draft.account)::text, \(mapping.json)::jsonb,
                    \(isProven)::boolean, \(person.id), \(person.name), \(now)::timestamptz,
                    \(isProven ? person.id : nil)::text, \(isProven ? person.name : nil)::text,
                    \(isProven ? now : nil)::timestamptz)
                returning id
                """
            ).row().get(0, as: Int64.self)
            let stored = try StatementMappings.read(id, tx)
            try StatementMappings.record("statement_mapping.save", stored, draft.sample, person, tx)
            return stored
        }
    }

    /// Lets a version count that another person made and nothing proved.
    ///
    /// - Parameter sample: a whole file that it reads, which whoever accepts has seen as it is read.
    /// - Throws: `forbidden` for whoever made it; `conflict` for one that does not wait; `statement-rejected` for a sample
    ///   that it does not read.
    public func accept(_ id: Int64, sample: [UInt8], by person: Person, now: Instant = .now()) async throws
        -> StoredMapping
    {
        let waiting = try await find(id)
        guard waiting.made.by != person.id else {
            throw ServiceError(
                .forbidden,
                Phrase(
                    vi: "Bạn đã lập mẫu này: người khác phải xem và chấp nhận.",
                    en: "You made this mapping: another person looks at it and accepts it."
                )
            )
        }
        _ = try StatementMappings.trial(sample, try waiting.mapping(), waiting.account, now)
        return try await database.transaction { tx in
            try Locks.mappings(tx)
            let changed = try tx.query(
                """
                update statement_mapping set accepted_by = \(person.id), accepted_by_name = \(person.name),
                    accepted_at = \(now)::timestamptz
                where id = \(id)::bigint and accepted_at is null and ended_at is null
                """
            ).affected
            guard changed == 1 else { throw StatementMappings.decided }
            let stored = try StatementMappings.read(id, tx)
            try StatementMappings.record("statement_mapping.accept", stored, sample, person, tx)
            return stored
        }
    }

    /// Turns a version down that waits; of one that counts or counted, ends every version of its name that does.
    ///
    /// - Throws: `conflict` for one that has ended; `invalid-body` without a note of 1 to 500 characters.
    public func end(_ id: Int64, note: String, by person: Person, now: Instant = .now()) async throws -> StoredMapping {
        let note = note.trimming()
        guard (1...500).contains(note.unicodeScalars.count) else {
            throw ServiceError(
                .invalidBody,
                at: "/note",
                Phrase(vi: "hãy nêu lý do, từ 1 đến 500 ký tự", en: "say why in 1 to 500 characters")
            )
        }
        return try await database.transaction { tx in
            try Locks.mappings(tx)
            let known = try StatementMappings.read(id, tx)
            guard known.ended == nil else { throw StatementMappings.decided }
            try tx.query(
                """
                update statement_mapping set ended_by = \(person.id), ended_by_name = \(person.name),
                    ended_at = \(now)::timestamptz, note = \(note)
                where ended_at is null and (id = \(id)::bigint
                    or \(known.accepted != nil)::boolean and name = \(known.name) and accepted_at is not null)
                """
            )
            let stored = try StatementMappings.read(id, tx)
            try StatementMappings.record("statement_mapping.end", stored, nil, person, tx)
            return stored
        }
    }

    private static let decided = ServiceError(
        .conflict,
        Phrase(
            vi: "Mẫu này đã được quyết định: hãy mở lại trang.",
            en: "This mapping has been decided on already: open the page again."
        )
    )

    private static func record(
        _ action: String,
        _ stored: StoredMapping,
        _ sample: [UInt8]?,
        _ person: Person,
        _ tx: borrowing Transaction
    ) throws {
        let detail: JSON = [
            "name": .string(stored.name), "version": .integer(Int64(stored.version)),
            "state": .string(stored.state.rawValue), "bank_bin": .string(stored.bank),
            "account_number": .optional(stored.account), "is_proven": .bool(stored.isProven),
            "sample_sha256": .optional(sample.map { hexadecimal(SHA256.hash($0)) }), "note": .optional(stored.note),
        ]
        try Audit.record(tx, person, action, "statement_mapping:\(stored.id)", detail)
    }
}
