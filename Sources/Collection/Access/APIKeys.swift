import Cryptography
public import Identity
public import Postgres
import Synchronization
public import Values

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// API keys: `khop_` (`khop_test_` of a test installation) + the key's id + `_` + 256 random bits. Only a hash of the
/// secret part is stored.
public final class APIKeys: Sendable {
    let database: Database
    let mode: InstallationMode
    /// Recently authenticated keys, so that a busy portal does not need a look-up for each request. A revoked key works
    /// for at most this long on a server that missed the signal.
    private let proved = Mutex<[String: (caller: Caller, until: Instant)]>([:])
    private static let provedSeconds: Int64 = 10
    private static let provedMaximum = 10_000
    /// Keys that nobody has.
    private let absent = AbsentNames()
    /// When each key was last used and from where, not yet written.
    let uses = Mutex<[UUID: KeyUse]>([:])

    public init(_ database: Database, mode: InstallationMode = .live) { (self.database, self.mode) = (database, mode) }

    /// A new key; its text is shown only once.
    public struct Created: Sendable {
        public let caller: Caller
        /// Its one role.
        public let grant: RoleGrant
        public let key: String
        /// The key works until then.
        public let expiresAt: Instant
    }

    /// How long a key works if nothing else is said.
    static let lifetimeSeconds: Int64 = 365 * 86_400
    /// No key works for longer: ten years.
    static let maximumLifetimeSeconds: Int64 = 3653 * 86_400

    /// Creates a key for a role; the name is for people.
    ///
    /// - Parameters:
    ///   - returnHosts: the hosts that payment pages may lead back to.
    ///   - sameAs: a key of the same holder, in force or not.
    ///   - expiresAt: the end of the key, at most ten years away; a year from now if it is `nil`.
    public func create(
        role: Role,
        name: String,
        localityCode: String?,
        returnHosts: [String] = [],
        sameAs: UUID? = nil,
        expiresAt: Instant? = nil,
        by actor: Person,
        now: Instant = .now()
    ) async throws -> Created {
        guard !name.isEmpty, name.count <= 200 else {
            throw ServiceError(
                .invalidParameter,
                at: "name",
                Phrase(vi: "tên phải có từ 1 đến 200 ký tự", en: "the name must have 1 to 200 characters")
            )
        }
        guard Role.ofKeys.contains(role) else {
            throw ServiceError(.invalidParameter, at: "role", .oneOf(Role.ofKeys.map(\.rawValue)))
        }
        if let localityCode { try await require(locality: localityCode) }
        let end = try APIKeys.end(expiresAt, now: now)
        let hosts = try returnHosts.map(ReturnURL.host)
        let id = UUID.version7(at: now)
        let holder = if let sameAs { try await holder(of: sameAs, role: role) } else { id }
        let secret = randomToken(length: 43)
        try await database.transaction { tx in
            try tx.query(
                """
                insert into api_key (id, role, name, locality_code, holder_id, return_hosts, secret_hash, created_at,
                    expires_at)
                values (\(id)::uuid, \(role.rawValue), \(name), \(localityCode), \(holder)::uuid, \(hosts)::text[],
                    \(APIKeys.hash(secret)), \(now)::timestamptz, \(end)::timestamptz)
                """
            )
            let detail: JSON = [
                "role": .string(role.rawValue), "name": .string(name), "locality": .optional(localityCode),
                "holder": .string(holder.text), "return_hosts": .array(hosts.map(JSON.string)),
                "expires_at": .text(end),
            ]
            try Audit.record(tx, actor, "key.add", "key:\(id.text)", detail)
        }
        let caller = Caller(
            keyID: id,
            role: role,
            name: name,
            localityCode: localityCode,
            holderID: holder,
            returnHosts: hosts
        )
        return Created(
            caller: caller,
            grant: RoleGrant(role, in: localityCode),
            key: text(id, secret),
            expiresAt: end
        )
    }

    /// The first key of the holder of a key, which must be of the same role.
    private func holder(of key: UUID, role: Role) async throws -> UUID {
        guard let holder = try await APIKeys.holder(of: key, role: role, database) else {
            throw ServiceError(
                .invalidParameter,
                at: "same-as",
                Phrase(
                    vi: "không có khóa vai trò \(role.rawValue) nào mang mã \(key.text); xem bằng `khop key list`",
                    en: "no key of the role \(role.rawValue) has the id \(key.text); `khop key list` shows them"
                )
            )
        }
        return holder
    }

    /// The first key of the holder of a key; `nil` if no key of the role has the id.
    static func holder(of key: UUID, role: Role, _ database: Database) async throws -> UUID? {
        try await database.query(
            "select holder_id from api_key where id = \(key)::uuid and role = \(role.rawValue)"
        ).first?.get(0)
    }

    private func require(locality code: String) async throws {
        let known = try await database.query(
            "select exists (select 1 from locality where code = \(code) and ended_in is null)"
        )
        guard try known.row().get(0, as: Bool.self) else {
            throw ServiceError(
                .invalidParameter,
                at: "locality",
                Phrase(
                    vi: "không có địa bàn nào mang mã \(code): hãy nhập danh mục trước, hoặc dùng mã trong "
                        + "localities.csv",
                    en: "no locality has the code \(code): import the catalogue first, or use a code from "
                        + "localities.csv"
                )
            )
        }
    }

    /// The end of a key that begins now.
    static func end(_ wanted: Instant?, now: Instant) throws -> Instant {
        guard let wanted else { return now.adding(seconds: lifetimeSeconds) }
        guard wanted > now, wanted <= now.adding(seconds: maximumLifetimeSeconds) else {
            throw ServiceError(
                .invalidParameter,
                at: "expires",
                Phrase(
                    vi: "khóa phải hết hạn sau hôm nay và trong vòng mười năm",
                    en: "a key must expire after today and within ten years"
                )
            )
        }
        return wanted
    }

    static func hash(_ secret: String) -> Bytes { Bytes(SHA256.hash(Array(secret.utf8))) }

    func text(_ id: UUID, _ secret: String) -> String {
        "\(APIKeys.prefix(mode))\(id.text.replacing("-", with: ""))_\(secret)"
    }

    /// How every key of an installation begins.
    private static func prefix(_ mode: InstallationMode) -> String { mode == .test ? "khop_test_" : "khop_" }

    /// The installation that a key says it is of, and the rest of the key; `nil` if it has not the form of one.
    private static func split(_ key: String) -> (mode: InstallationMode, rest: Substring)? {
        for mode in [InstallationMode.test, .live] where key.hasPrefix(prefix(mode)) {
            return (mode, key.dropFirst(prefix(mode).count))
        }
        return nil
    }

    /// The id that a key names, which is no secret; whose it is was not proved.
    public static func statedID(_ key: String) -> String? {
        split(key).map { $0.rest.prefix(32) }.flatMap { uuid($0) == nil ? nil : String($0) }
    }

    /// Revokes a key; servers are signalled at once.
    public func revoke(_ id: UUID, by actor: Person) async throws {
        try await database.transaction { tx in
            let revoked = try tx.query(
                "update api_key set revoked_at = now() where id = \(id)::uuid and revoked_at is null returning name"
            )
            guard let name = try revoked.first?.get(0, as: String.self) else { throw APIKeys.notInForce(id) }
            try Audit.record(tx, actor, "key.revoke", "key:\(id.text)", ["name": .string(name)])
        }
        try await signal(id)
    }

    static func notInForce(_ id: UUID) -> ServiceError {
        ServiceError(
            .notFound,
            Phrase(
                vi: "Không có khóa nào còn hiệu lực mang mã \(id.text); xem bằng `khop key list`.",
                en: "No key in force has the id \(id.text); `khop key list` shows them."
            )
        )
    }

    /// Tells the servers that a key has changed.
    func signal(_ id: UUID) async throws { _ = try await database.query("select pg_notify('khop_access', \(id.text))") }

    /// Forgets authenticated keys after a revocation or a rotation.
    public func forget() {
        proved.withLock { proved in
            for key in proved.keys { proved[key]?.until = Instant(microseconds: 0) }
        }
    }

    /// Whether a key was good a moment ago, so that it is no guess.
    public func isKnown(_ key: String) -> Bool { proved.withLock { $0[key] != nil } }

    /// Finds the holder of a key, or throws `unauthenticated`.
    ///
    /// - Parameter address: the network address that the key came from, kept as that of its last use.
    public func authenticate(_ key: String, from address: String, now: Instant = .now()) async throws -> Caller {
        if let hit = proved.withLock({ $0[key] }), hit.until > now {
            note(hit.caller.id, at: now, from: address)
            return hit.caller
        }
        // Neither looked up nor kept: it is the key of somebody who mistook the address.
        if let stated = APIKeys.split(key)?.mode, stated != mode { throw APIKeys.otherMode(mode) }
        guard !absent.contains(key, at: now) else { throw APIKeys.refusal }
        guard let (caller, until) = try await lookUp(key, now) else {
            proved.withLock { _ = $0.removeValue(forKey: key) }
            if key.utf8.count < 200 { absent.add(key, at: now) }
            throw APIKeys.refusal
        }
        proved.withLock {
            if $0.count >= APIKeys.provedMaximum { $0.removeAll() }
            $0[key] = (caller, min(until, now.adding(seconds: APIKeys.provedSeconds)))
        }
        note(caller.id, at: now, from: address)
        return caller
    }

    private static let refusal = ServiceError(
        .unauthenticated,
        Phrase(
            vi:
                "Khóa API còn thiếu, sai định dạng, không tồn tại, đã hết hạn hoặc đã bị thu hồi. Gửi khóa trong `Authorization: Bearer …`.",
            en:
                "The API key is missing, malformed, unknown, expired or revoked. Send it as `Authorization: Bearer …`."
        )
    )

    private static func otherMode(_ own: InstallationMode) -> ServiceError {
        ServiceError(
            .unauthenticated,
            own == .live
                ? Phrase(
                    vi:
                        "Đây là khóa của môi trường thử nghiệm (khop_test_…), còn đây là hệ thống thật: hãy dùng khóa thật.",
                    en: "This is a key of the test mode (khop_test_…), and this is the live system: use a live key."
                )
                : Phrase(
                    vi: "Đây là khóa của hệ thống thật, còn đây là môi trường thử nghiệm: hãy dùng khóa khop_test_…",
                    en: "This is a key of the live system, and this is the test mode: use a key that begins khop_test_."
                )
        )
    }

    /// The holder of a key, and until when it is one; `nil` if nobody holds it.
    private func lookUp(_ key: String, _ now: Instant) async throws -> (Caller, Instant)? {
        let parts = APIKeys.split(key)?.rest.split(separator: "_", maxSplits: 1, omittingEmptySubsequences: false) ?? []
        guard parts.count == 2, let id = APIKeys.uuid(parts[0]), key.utf8.count < 200 else { return nil }
        let rows = try await database.query(
            """
            select role, name, locality_code, secret_hash, expires_at, previous_secret_hash, previous_until, holder_id,
                return_hosts
            from api_key where id = \(id)::uuid and revoked_at is null and expires_at > \(now)::timestamptz
            """
        )
        guard let row = rows.first else { return nil }
        let (roleName, name, locality, stored, expiresAt, previous, previousUntil, holder, hosts) = try row.decode(
            String.self,
            String.self,
            String?.self,
            Bytes.self,
            Instant.self,
            Bytes?.self,
            Instant?.self,
            UUID.self,
            [String].self
        )
        let offered = SHA256.hash(Array(parts[1].utf8))
        guard let role = Role(rawValue: roleName) else { return nil }
        let caller = Caller(
            keyID: id,
            role: role,
            name: name,
            localityCode: locality,
            holderID: holder,
            returnHosts: hosts
        )
        if areEqual(offered, stored.bytes) { return (caller, expiresAt) }
        guard let previous, let previousUntil, previousUntil > now, areEqual(offered, previous.bytes) else {
            return nil
        }
        return (caller, min(expiresAt, previousUntil))
    }

    private static func uuid(_ plain: Substring) -> UUID? {
        guard plain.utf8.count == 32 else { return nil }
        var text = String(plain)
        for offset in [20, 16, 12, 8] { text.insert("-", at: text.index(text.startIndex, offsetBy: offset)) }
        return UUID(uuidString: text)
    }
}
