import BankCallbacks
import Cryptography
import Postgres
import Synchronization
import Values

/// Which connections send payers to the national payment platform, and where.
public final class PlatformLinks: Sendable {
    private let database: Database
    private let box: SecretBox
    private let networks: EventNetworks
    private let connections: Connections
    /// The accounts whose payers may go to the platform: every payment page asks for them.
    private let held = Mutex<(accounts: Set<String>, until: Instant)?>(nil)
    private static let heldSeconds: Int64 = 10

    init(_ database: Database, box: SecretBox, networks: EventNetworks, connections: Connections) {
        (self.database, self.box, self.networks, self.connections) = (database, box, networks, connections)
    }

    /// What is said of a link.
    public struct Draft: Sendable {
        public let connection: String
        public let initURL: String
        public let queryURL: String
        public let billURL: String?
        /// The access token of the integration layer in front of the platform.
        public let token: String?
        /// What the platform's look-up has to bring.
        public let lookUpToken: String?

        public init(
            connection: String,
            initURL: String,
            queryURL: String,
            billURL: String? = nil,
            token: String? = nil,
            lookUpToken: String? = nil
        ) {
            (self.connection, self.initURL, self.queryURL) = (connection, initURL, queryURL)
            (self.billURL, self.token, self.lookUpToken) = (billURL, token, lookUpToken)
        }
    }

    /// A link with what is needed to use it.
    struct Opened: Sendable {
        let link: PlatformLink
        let connection: BankConnection
        let token: String?

        var secret: CallbackSecret? { connection.settings.secrets.first }

        /// The headers of each message.
        var headers: [(name: String, value: String)] {
            [("Content-Type", "application/json; charset=utf-8"), ("Accept", "application/json")]
                + (token.map { [("Authorization", "Bearer \($0)")] } ?? [])
        }
    }

    /// Sends payers of a connection to the platform from now on.
    public func set(_ draft: Draft, by person: Person) async throws -> PlatformLink {
        let connection = try await connections.find(draft.connection)
        try check(draft, connection)
        let name = connection.name
        return try await database.transaction { tx in
            try Locks.secrets(tx)
            try PlatformLinks.endCurrent(name, person, tx)
            let sealed = draft.token.map { Bytes(box.seal($0, for: SecretBox.platform(name))) }
            let lookUp = draft.lookUpToken.map { Bytes(SHA256.hash(Array($0.utf8))) }
            try tx.query(
                """
                insert into platform_link (connection_id, init_url, query_url, bill_url, sealed, key_id, lookup_hash,
                    set_at, set_by, set_by_name)
                select id, \(draft.initURL), \(draft.queryURL), \(draft.billURL)::text, \(sealed)::bytea,
                    \(sealed == nil ? nil : box.keyID)::text, \(lookUp)::bytea, now(), \(person.id), \(person.name)
                from connection where name = \(name)
                """
            )
            let link = try PlatformLinks.read(" and c.name = $1", [name], tx)
            guard let link = link.first else { throw ServiceError(.notFound, PlatformLinks.none(name)) }
            try Audit.record(tx, person, "platform_link.set", "connection:\(name)", link.json)
            held.withLock { $0 = nil }
            return link
        }
    }

    /// Sends payers of a connection there no more.
    public func end(connection name: String, by person: Person) async throws {
        try await database.transaction { tx in
            try Locks.secrets(tx)
            guard try PlatformLinks.endCurrent(name, person, tx) else {
                throw ServiceError(.notFound, PlatformLinks.none(name))
            }
            try Audit.record(tx, person, "platform_link.end", "connection:\(name)")
        }
        forget()
    }

    public func list() async throws -> [PlatformLink] {
        try await database.read { tx in try PlatformLinks.read("", [], tx) }
    }

    /// Whether payers of an account may go to the platform; some seconds old.
    public func leads(from account: String) async throws -> Bool {
        let now = Instant.now()
        if let known = held.withLock({ $0 }), known.until > now { return known.accounts.contains(account) }
        let accounts = Set(try await list().map(\.accountNumber))
        held.withLock { $0 = (accounts, now.adding(seconds: PlatformLinks.heldSeconds)) }
        return accounts.contains(account)
    }

    /// Forgets what is held in memory.
    func forget() { held.withLock { $0 = nil } }

    /// The link of an account's payers, ready for use.
    func open(account: String) async throws -> Opened? {
        let found = try await database.read { tx in
            try PlatformLinks.read(" and c.account_number = $1 and c.disabled_at is null", [account], tx)
        }
        guard let link = found.first else { return nil }
        return try await open(link)
    }

    /// The link of a connection, ready for use.
    func open(connection name: String) async throws -> Opened? {
        let found = try await database.read { tx in try PlatformLinks.read(" and c.name = $1", [name], tx) }
        guard let link = found.first else { return nil }
        return try await open(link)
    }

    /// A link of an id, ended or not, ready for use.
    func open(id: Int32) async throws -> Opened? {
        let found = try await database.read { tx in
            try PlatformLinks.read(" and l.id = $1::integer", [id], ended: true, tx)
        }
        guard let link = found.first else { return nil }
        return try await open(link)
    }

    private func open(_ link: PlatformLink) async throws -> Opened? {
        guard let connection = try await connections.open(link.connection) else { return nil }
        let sealed = try await database.query(
            "select sealed from platform_link where id = \(link.id)::integer"
        ).row().get(0, as: Bytes?.self)
        let token = try sealed.map { try box.open($0.bytes, for: SecretBox.platform(link.connection)) }
        return Opened(link: link, connection: connection, token: token)
    }

    /// Whether a token is the one that the look-up of a connection has to bring, compared in constant time.
    func admits(_ token: String, toLookUpOf connection: String) async throws -> Bool {
        let hash = try await database.query(
            """
            select l.lookup_hash from platform_link l join connection c on c.id = l.connection_id
            where c.name = \(connection) and l.ended_at is null and c.disabled_at is null
            """
        ).first?.get(0, as: Bytes?.self)
        guard let hash else { return false }
        return areEqual(hash.bytes, SHA256.hash(Array(token.utf8)))
    }

    private static func read(
        _ condition: String,
        _ values: [any Bindable & Sendable],
        ended: Bool = false,
        _ tx: borrowing Transaction
    ) throws -> [PlatformLink] {
        try tx.query(
            Query(
                trustedSQL: """
                    select l.id, c.name, c.account_number, coalesce(c.merchant, ''), l.init_url, l.query_url, l.bill_url,
                        l.sealed is not null, l.lookup_hash is not null, l.set_at
                    from platform_link l join connection c on c.id = l.connection_id
                    where (l.ended_at is null or \(ended ? "true" : "false"))\(condition) order by l.id
                    """,
                binding: values
            )
        ).map { row in
            PlatformLink(
                id: try row.get(0),
                connection: try row.get(1),
                accountNumber: try row.get(2),
                partner: try row.get(3),
                initURL: try row.get(4),
                queryURL: try row.get(5),
                billURL: try row.get(6),
                hasToken: try row.get(7),
                hasLookUp: try row.get(8),
                setAt: try row.get(9)
            )
        }
    }

    @discardableResult
    private static func endCurrent(_ name: String, _ person: Person, _ tx: borrowing Transaction) throws -> Bool {
        try tx.query(
            """
            update platform_link set ended_at = now(), ended_by = \(person.id), ended_by_name = \(person.name)
            where connection_id = (select id from connection where name = \(name)) and ended_at is null
            """
        ).affected > 0
    }

    static func none(_ name: String) -> Phrase {
        Phrase(
            vi: "Kết nối \(name.prefix(63)) chưa đặt địa chỉ của nền tảng thanh toán: `khop platform set`.",
            en: "The connection \(name.prefix(63)) has no addresses of the payment platform: `khop platform set`."
        )
    }

    private func check(_ draft: Draft, _ connection: Connections.Listed) throws {
        guard connection.profile == CallbackProfile.nationalPlatform.rawValue else {
            throw ServiceError(
                .invalidParameter,
                at: "connection",
                Phrase(
                    vi: "phải là kết nối kiểu \(CallbackProfile.nationalPlatform.rawValue)",
                    en: "must be a connection of the profile \(CallbackProfile.nationalPlatform.rawValue)"
                )
            )
        }
        guard let partner = connection.merchant, !partner.contains("|") else {
            throw ServiceError(
                .invalidParameter,
                at: "connection",
                Phrase(
                    vi: "phải có mã đối tác (MaDoiTac), không có dấu |: thêm kết nối bằng --merchant",
                    en: "must have the partner's code (MaDoiTac), without |: add the connection with --merchant"
                )
            )
        }
        for url in [draft.initURL, draft.queryURL] + (draft.billURL.map { [$0] } ?? []) {
            try EventEndpoint.check(url: url, networks)
            guard url.count <= 300 else {
                throw ServiceError(
                    .invalidParameter,
                    at: "url",
                    Phrase(vi: "dài nhất 300 ký tự", en: "has at most 300 characters")
                )
            }
        }
        for (name, token) in [("token", draft.token), ("lookup_token", draft.lookUpToken)] {
            guard let token else { continue }
            guard (16...2000).contains(token.utf8.count), token.utf8.allSatisfy({ (0x21..<0x7F).contains($0) }) else {
                throw ServiceError(
                    .invalidParameter,
                    at: name,
                    Phrase(
                        vi: "có 16 đến 2000 ký tự ASCII, không có dấu cách",
                        en: "has 16 to 2000 ASCII characters, without spaces"
                    )
                )
            }
        }
    }
}

extension PlatformLinks {
    /// Whether payers may be sent to an address that the platform names.
    func mayLead(to url: String) -> Bool {
        do {
            try EventEndpoint.check(url: url, networks)
            return true
        } catch {
            return false
        }
    }
}
