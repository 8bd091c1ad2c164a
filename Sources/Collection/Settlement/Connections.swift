public import BankCallbacks
public import Postgres
import Synchronization
import Values

/// The banks' connections; their secrets are stored sealed.
public final class Connections: Sendable {
    let database: Database
    let box: SecretBox
    private let held = Mutex<[String: (connection: BankConnection, until: Instant)]>([:])
    /// The names of all connections, for whoever guesses at them.
    private let names = Mutex<(names: Set<String>, until: Instant)?>(nil)
    /// A connection is looked up again after this time, in case a signal of its change was missed.
    private static let heldSeconds: Int64 = 10

    public init(_ database: Database, box: SecretBox) {
        self.database = database
        self.box = box
    }

    /// The path that a provider calls.
    public static func path(_ name: String) -> String { "/v1/callbacks/\(name)" }

    /// Adds a connection for an account that an agency collects on.
    ///
    /// - Parameter merchant: the merchant whose messages it accepts, for gateways that name one; otherwise it is learned
    ///   from the first authenticated message.
    public func add(
        name: String,
        profile: CallbackProfile,
        account: String,
        secret: String,
        signatureHeader: String?,
        commissionPercent: String? = nil,
        merchant: String? = nil,
        by actor: Person
    ) async throws -> Listed {
        try SmallName.check(name)
        let sealed = try seal(secret, profile, for: name)
        try Connections.check(percent: commissionPercent)
        try Connections.check(merchant: merchant, profile)
        try await Accounts.require(account, in: database)
        do {
            try await database.transaction { tx in
                try Connections.requireUnheld([sealed.mark], exceptBy: name, tx)
                let issuer = try Connections.issuer(profile, merchant: merchant, tx)
                let id = try tx.query(
                    """
                    insert into connection (name, profile, account_number, bank_ledger_account, suspense_ledger_account,
                        signature_header, commission_percent, merchant, issuer_id)
                    values (\(name), \(profile.rawValue), \(account), ledger_account_of('bank', \(account)),
                        ledger_account_of('suspense', \(account)), \(signatureHeader),
                        \(commissionPercent)::numeric, \(merchant), \(issuer)::integer) returning id
                    """
                ).row().get(0, as: Int32.self)
                try sealed.insert(for: id, tx)
                let detail: JSON = [
                    "profile": .string(profile.rawValue), "account_number": .string(account),
                    "signature_header": .optional(signatureHeader), "commission_percent": .optional(commissionPercent),
                    "merchant": .optional(merchant),
                ]
                try Audit.record(tx, actor, "connection.add", "connection:\(name)", detail)
            }
        } catch let error as PostgresError where error.constraint == "connection_name_key" {
            throw ServiceError(
                .conflict,
                Phrase(
                    vi: "Đã có kết nối tên \(name); hãy chọn tên khác, hoặc thay khóa bí mật của kết nối đó.",
                    en: "A connection named \(name) exists; choose another name, or rotate its secret."
                )
            )
        }
        return try await find(name)
    }

    public func list() async throws -> [Listed] { try await listed(nil) }

    func find(_ name: String) async throws -> Listed {
        guard let found = try await listed(name).first else { throw Connections.missing(name) }
        return found
    }

    static func missing(_ name: String) -> ServiceError {
        ServiceError(
            .notFound,
            Phrase(
                vi: "Không có kết nối nào tên \(name.prefix(63)); xem bằng `khop connection list`.",
                en: "No connection is named \(name.prefix(63)); `khop connection list` shows them."
            )
        )
    }

    private func listed(_ name: String?) async throws -> [Listed] {
        let rows = try await database.query(
            """
            select c.name, c.profile, c.account_number, (
                    select count(*) from connection_secret s where s.connection_id = c.id and s.retired_at is null),
                c.created_at, c.disabled_at, u.last_used_at, u.last_failure_at, u.last_failure, coalesce(u.refused, 0),
                trim_scale(c.commission_percent)::text,
                array(select distinct s.key_id from connection_secret s
                    where s.connection_id = c.id and s.retired_at is null order by 1), c.merchant, c.merchant_is_learned, (
                    select s.ends_at from connection_secret s
                    where s.connection_id = c.id and s.retired_at is null order by s.id desc limit 1)
            from connection c left join connection_use u on u.connection_id = c.id
            where \(name)::text is null or c.name = \(name) order by c.name
            """
        )
        return try rows.map { row in
            Listed(
                name: try row.get(0),
                profile: try row.get(1),
                accountNumber: try row.get(2),
                secrets: try row.get(3),
                createdAt: try row.get(4),
                disabledAt: try row.get(5),
                lastUsedAt: try row.get(6),
                lastFailureAt: try row.get(7),
                lastFailure: try row.get(8),
                refused: try row.get(9),
                commissionPercent: try row.get(10),
                keyIDs: try row.get(11, as: [String].self),
                merchant: try row.get(12),
                merchantIsLearned: try row.get(13),
                certificateEndsAt: try row.get(14)
            )
        }
    }

    /// Forgets all connections held in memory, after a signal that one has changed.
    public func forget() {
        held.withLock { $0.removeAll() }
        names.withLock { $0 = nil }
    }

    /// The connection of a name with its secrets open, or `nil`.
    public func open(_ name: String) async throws -> BankConnection? {
        let now = Instant.now()
        if let hit = held.withLock({ $0[name] }), hit.until > now { return hit.connection }
        guard let connection = try await load(name) else { return nil }
        held.withLock { $0[name] = (connection, now.adding(seconds: Connections.heldSeconds)) }
        return connection
    }

    /// Whether a connection of this name was there some seconds ago; asks the database at most once in that time.
    func mayHave(_ name: String) async throws -> Bool {
        let now = Instant.now()
        if held.withLock({ $0[name] != nil }) { return true }
        if let known = names.withLock({ $0 }), known.until > now { return known.names.contains(name) }
        let found = Set(try await database.query("select name from connection").map { try $0.get(0, as: String.self) })
        names.withLock { $0 = (found, now.adding(seconds: Connections.heldSeconds)) }
        return found.contains(name)
    }

    /// The settings of a connection, if it is held in memory.
    public func settings(_ name: String) async -> ConnectionSettings? {
        held.withLock { $0[name]?.connection.settings }
    }

    /// The profile by its stored name.
    static func profile(of name: String) throws -> CallbackProfile {
        guard let profile = CallbackProfile(rawValue: name) else {
            throw ServiceError(
                .internalFailure,
                Phrase(
                    vi: "Chương trình này không biết kiểu kết nối \(name).",
                    en: "The profile \(name) is not known to this program."
                )
            )
        }
        return profile
    }

    private func load(_ name: String) async throws -> BankConnection? {
        let rows = try await database.query(
            """
            select c.id, c.profile, c.account_number, c.bank_ledger_account, c.suspense_ledger_account, c.signature_header,
                c.disabled_at is not null, s.sealed, c.merchant, c.issuer_id
            from connection c join connection_secret s on s.connection_id = c.id and s.retired_at is null
            where c.name = \(name) order by s.id desc limit 2
            """
        )
        guard let first = rows.first else { return nil }
        let (id, profileName, account, bank, suspense, header, isDisabled, _, merchant, issuer) = try first.decode(
            Int32.self,
            String.self,
            String.self,
            Int32.self,
            Int32.self,
            String?.self,
            Bool.self,
            Bytes.self,
            String?.self,
            Int32.self
        )
        let profile = try Connections.profile(of: profileName)
        let secrets = try rows.map { row in
            let text = try box.open(try row.get(7, as: Bytes.self).bytes, for: name)
            return try CallbackSecret(profile: profile, text: text)
        }
        return BankConnection(
            id: id,
            settings: ConnectionSettings(
                name: name,
                profile: profile,
                secrets: secrets,
                accountNumber: account,
                signatureHeader: header,
                merchant: merchant
            ),
            issuerID: issuer,
            bankLedgerAccount: bank,
            suspenseLedgerAccount: suspense,
            isDisabled: isDisabled
        )
    }
}
