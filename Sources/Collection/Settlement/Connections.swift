public import BankCallbacks
public import Postgres
import Synchronization
public import Values

/// A way a bank or gateway reports to us.
public struct BankConnection: Sendable {
    public let id: Int32
    public let settings: ConnectionSettings
    public let bankLedgerAccount: Int32
    public let suspenseLedgerAccount: Int32
    public let isDisabled: Bool
}

/// The connections of banks, with their secrets sealed.
public final class Connections: Sendable {
    let database: Database
    let box: SecretBox
    private let held = Mutex<[String: (connection: BankConnection, until: Instant)]>([:])
    /// A connection is looked up anew after so long, should a notice of its change have been missed.
    private static let heldSeconds: Int64 = 10

    public init(_ database: Database, box: SecretBox) {
        self.database = database
        self.box = box
    }

    /// A connection as it is listed.
    public struct Listed: Sendable {
        public let name: String
        public let profile: String
        public let accountNumber: String
        public let secrets: Int
        public let createdAt: Instant
        public let disabledAt: Instant?
        /// The latest callback, and the latest that was refused; as of a few seconds ago.
        public let lastUsedAt: Instant?
        public let lastFailureAt: Instant?
        public let lastFailure: String?
        public let refused: Int64
        /// What a gateway keeps of a day that it pays out in one line, at most; `nil` where each transfer is a line.
        public let commissionPercent: String?
        /// The keys that its secrets in force are sealed under.
        public let keyIDs: [String]

        public var json: JSON {
            [
                "name": .string(name), "profile": .string(profile), "account_number": .string(accountNumber),
                "path": .string(Connections.path(name)), "secrets": .integer(secrets), "created_at": .text(createdAt),
                "disabled_at": .optional(disabledAt?.description),
                "last_used_at": .optional(lastUsedAt?.description),
                "last_failure_at": .optional(lastFailureAt?.description), "last_failure": .optional(lastFailure),
                "refused": .integer(refused), "commission_percent": .optional(commissionPercent),
                "key_ids": .array(keyIDs.map { .string($0) }),
            ]
        }
    }

    /// Where a provider calls.
    public static func path(_ name: String) -> String { "/v1/callbacks/\(name)" }

    /// Adds a connection for an account that an agency collects on.
    public func add(
        name: String,
        profile: CallbackProfile,
        account: String,
        secret: String,
        signatureHeader: String?,
        commissionPercent: String? = nil
    ) async throws -> Listed {
        try SmallName.check(name)
        try Connections.check(secret, profile)
        try Connections.check(percent: commissionPercent)
        try await Accounts.require(account, in: database)
        let sealed = Bytes(box.seal(secret, for: name))
        let keyID = box.keyID
        do {
            try await database.transaction { tx in
                let id = try tx.query(
                    """
                    insert into connection (name, profile, account_number, bank_ledger_account, suspense_ledger_account,
                        signature_header, commission_percent)
                    values (\(name), \(profile.rawValue), \(account), ledger_account_of('bank', \(account)),
                        ledger_account_of('suspense', \(account)), \(signatureHeader),
                        \(commissionPercent)::numeric) returning id
                    """
                ).row().get(0, as: Int32.self)
                try tx.query(
                    "insert into connection_secret (connection_id, sealed, key_id) values (\(id), \(sealed), \(keyID))"
                )
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

    /// Brings in a new secret. The old one holds as well until `retireOld` ends it.
    public func rotate(name: String, secret: String?, retireOld: Bool) async throws -> Listed {
        let listed = try await find(name)
        if let secret {
            guard let profile = CallbackProfile(rawValue: listed.profile) else {
                throw ServiceError(
                    .internalFailure,
                    Phrase(
                        vi: "Chương trình này không biết kiểu kết nối \(listed.profile).",
                        en: "The profile \(listed.profile) is not known to this program."
                    )
                )
            }
            try Connections.check(secret, profile)
            let sealed = Bytes(box.seal(secret, for: name))
            let keyID = box.keyID
            try await database.transaction { tx in
                try tx.query("select id from connection where name = \(name) for update")
                // Two secrets at most are in force: the newest so far and the new one.
                try tx.query(
                    """
                    update connection_secret s set retired_at = now() from connection c
                    where c.id = s.connection_id and c.name = \(name) and s.retired_at is null and s.id < (
                        select max(n.id) from connection_secret n where n.connection_id = c.id)
                    """
                )
                try tx.query(
                    """
                    insert into connection_secret (connection_id, sealed, key_id)
                    select id, \(sealed), \(keyID) from connection where name = \(name)
                    """
                )
            }
        }
        if retireOld {
            _ = try await database.query(
                """
                update connection_secret s set retired_at = now() from connection c
                where c.id = s.connection_id and c.name = \(name) and s.retired_at is null and s.id < (
                    select max(n.id) from connection_secret n where n.connection_id = c.id)
                """
            )
        }
        _ = try await database.query("select pg_notify('khop_access', \(name))")
        return try await find(name)
    }

    public func list() async throws -> [Listed] { try await listed(nil) }

    func find(_ name: String) async throws -> Listed {
        guard let found = try await listed(name).first else {
            throw ServiceError(
                .notFound,
                Phrase(
                    vi: "Không có kết nối nào tên \(name.prefix(63)); xem bằng `khop connection list`.",
                    en: "No connection is named \(name.prefix(63)); `khop connection list` shows them."
                )
            )
        }
        return found
    }

    private func listed(_ name: String?) async throws -> [Listed] {
        let rows = try await database.query(
            """
            select c.name, c.profile, c.account_number, (
                    select count(*) from connection_secret s where s.connection_id = c.id and s.retired_at is null),
                c.created_at, c.disabled_at, u.last_used_at, u.last_failure_at, u.last_failure, coalesce(u.refused, 0),
                trim_scale(c.commission_percent)::text,
                array(select distinct s.key_id from connection_secret s
                    where s.connection_id = c.id and s.retired_at is null order by 1)
            from connection c left join connection_use u on u.connection_id = c.id where \(name)::text is null or c.name = \(name) order by c.name
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
                keyIDs: try row.get(11, as: [String].self)
            )
        }
    }

    /// Forgets what is held, on news of a change.
    public func forget() { held.withLock { $0.removeAll() } }

    /// The connection of a name with its secrets open, or `nil`.
    public func open(_ name: String) async throws -> BankConnection? {
        let now = Instant.now()
        if let hit = held.withLock({ $0[name] }), hit.until > now { return hit.connection }
        guard let connection = try await load(name) else { return nil }
        held.withLock { $0[name] = (connection, now.adding(seconds: Connections.heldSeconds)) }
        return connection
    }

    /// The profile of a connection, as far as it is known without the database.
    public func profile(_ name: String) async -> CallbackProfile? {
        held.withLock { $0[name]?.connection.settings.profile }
    }

    private func load(_ name: String) async throws -> BankConnection? {
        let rows = try await database.query(
            """
            select c.id, c.profile, c.account_number, c.bank_ledger_account, c.suspense_ledger_account, c.signature_header,
                c.disabled_at is not null, s.sealed
            from connection c join connection_secret s on s.connection_id = c.id and s.retired_at is null
            where c.name = \(name) order by s.id desc limit 2
            """
        )
        guard let first = rows.first else { return nil }
        let (id, profileName, account, bank, suspense, header, isDisabled, _) = try first.decode(
            Int32.self,
            String.self,
            String.self,
            Int32.self,
            Int32.self,
            String?.self,
            Bool.self,
            Bytes.self
        )
        guard let profile = CallbackProfile(rawValue: profileName) else {
            throw ServiceError(
                .internalFailure,
                Phrase(
                    vi: "Chương trình này không biết kiểu kết nối \(profileName).",
                    en: "The profile \(profileName) is not known to this program."
                )
            )
        }
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
                signatureHeader: header
            ),
            bankLedgerAccount: bank,
            suspenseLedgerAccount: suspense,
            isDisabled: isDisabled
        )
    }

    private static func check(_ secret: String, _ profile: CallbackProfile) throws {
        do {
            try CallbackSecret(profile: profile, text: secret).checkStrength()
        } catch {
            throw ServiceError(.invalidParameter, at: "secret", error.message)
        }
    }
}
