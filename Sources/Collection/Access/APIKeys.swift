import Cryptography
public import Postgres
import Synchronization
public import Values

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// API keys: `khop_` + the key's id + `_` + 256 random bits. Only a hash of the secret part is stored.
public final class APIKeys: Sendable {
    private let database: Database
    /// Recently authenticated keys, so that a busy portal does not need a look-up for each request. A revoked key works
    /// for at most this long on a server that missed the signal.
    private let proved = Mutex<[String: (caller: Caller, until: Instant)]>([:])
    private static let provedSeconds: Int64 = 10
    private static let provedMaximum = 10_000

    public init(_ database: Database) { self.database = database }

    /// A new key; its text is shown only once.
    public struct Created: Sendable {
        public let caller: Caller
        public let key: String
    }

    /// Creates a key for a role; the name is for people.
    ///
    /// - Parameters:
    ///   - returnHosts: the hosts that payment pages may lead back to.
    ///   - sameAs: a key of the same holder, in force or not.
    public func create(
        role: Role,
        name: String,
        localityCode: String?,
        returnHosts: [String] = [],
        sameAs: UUID? = nil
    ) async throws -> Created {
        guard !name.isEmpty, name.count <= 200 else {
            throw ServiceError(
                .invalidParameter,
                at: "name",
                Phrase(vi: "tên phải có từ 1 đến 200 ký tự", en: "the name must have 1 to 200 characters")
            )
        }
        if let localityCode {
            let known = try await database.query(
                "select exists (select 1 from locality where code = \(localityCode) and ended_in is null)"
            )
            guard try known.row().get(0, as: Bool.self) else {
                throw ServiceError(
                    .invalidParameter,
                    at: "locality",
                    Phrase(
                        vi:
                            "không có địa bàn nào mang mã \(localityCode): hãy nhập danh mục trước, hoặc dùng mã trong localities.csv",
                        en:
                            "no locality has the code \(localityCode): import the catalogue first, or use a code from localities.csv"
                    )
                )
            }
        }
        let hosts = try returnHosts.map(ReturnURL.host)
        let id = UUID.version7(at: .now())
        let holder = if let sameAs { try await holder(of: sameAs, role: role) } else { id }
        let secret = randomToken(length: 43)
        let hash = Bytes(SHA256.hash(Array(secret.utf8)))
        _ = try await database.query(
            """
            insert into api_key (id, role, name, locality_code, holder_id, return_hosts, secret_hash)
            values (\(id)::uuid, \(role.rawValue), \(name), \(localityCode), \(holder)::uuid, \(hosts)::text[], \(hash))
            """
        )
        let plain = id.text.replacing("-", with: "")
        return Created(
            caller: Caller(
                keyID: id,
                role: role,
                name: name,
                localityCode: localityCode,
                holderID: holder,
                returnHosts: hosts
            ),
            key: "khop_\(plain)_\(secret)"
        )
    }

    /// The first key of the holder of a key, which must be of the same role.
    private func holder(of key: UUID, role: Role) async throws -> UUID {
        let rows = try await database.query(
            "select holder_id from api_key where id = \(key)::uuid and role = \(role.rawValue)"
        )
        guard let row = rows.first else {
            throw ServiceError(
                .invalidParameter,
                at: "same-as",
                Phrase(
                    vi: "không có khóa vai trò \(role.rawValue) nào mang mã \(key.text); xem bằng `khop key list`",
                    en: "no key of the role \(role.rawValue) has the id \(key.text); `khop key list` shows them"
                )
            )
        }
        return try row.get(0)
    }

    /// A key as it is listed.
    public struct Listed: Sendable {
        public let caller: Caller
        public let createdAt: Instant
        public let revokedAt: Instant?
    }

    public func list() async throws -> [Listed] {
        let rows = try await database.query(
            """
            select id, role, name, locality_code, created_at, revoked_at, holder_id, return_hosts from api_key
            order by created_at, id
            """
        )
        return try rows.map { row in
            let (id, role, name, locality, createdAt, revokedAt, holder, hosts) = try row.decode(
                UUID.self,
                String.self,
                String.self,
                String?.self,
                Instant.self,
                Instant?.self,
                UUID.self,
                [String].self
            )
            let caller = Caller(
                keyID: id,
                role: Role(rawValue: role) ?? .auditor,
                name: name,
                localityCode: locality,
                holderID: holder,
                returnHosts: hosts
            )
            return Listed(caller: caller, createdAt: createdAt, revokedAt: revokedAt)
        }
    }

    /// Revokes a key; servers are signalled at once.
    public func revoke(_ id: UUID) async throws {
        let revoked = try await database.query(
            "update api_key set revoked_at = now() where id = \(id)::uuid and revoked_at is null returning id"
        )
        guard revoked.count == 1 else {
            throw ServiceError(
                .notFound,
                Phrase(
                    vi: "Không có khóa nào còn hiệu lực mang mã \(id.text); xem bằng `khop key list`.",
                    en: "No key in force has the id \(id.text); `khop key list` shows them."
                )
            )
        }
        _ = try await database.query("select pg_notify('khop_access', \(id.text))")
    }

    /// Forgets authenticated keys after a revocation.
    public func forget() { proved.withLock { $0.removeAll() } }

    /// Finds the holder of a key, or throws `unauthenticated`.
    public func authenticate(_ key: String) async throws -> Caller {
        let now = Instant.now()
        if let hit = proved.withLock({ $0[key] }), hit.until > now { return hit.caller }
        let caller = try await lookUp(key)
        proved.withLock {
            if $0.count >= APIKeys.provedMaximum { $0.removeAll() }
            $0[key] = (caller, now.adding(seconds: APIKeys.provedSeconds))
        }
        return caller
    }

    private func lookUp(_ key: String) async throws -> Caller {
        let refusal = ServiceError(
            .unauthenticated,
            Phrase(
                vi:
                    "Khóa API còn thiếu, sai định dạng, không tồn tại hoặc đã bị thu hồi. Gửi khóa trong `Authorization: Bearer …`.",
                en: "The API key is missing, malformed, unknown or revoked. Send it as `Authorization: Bearer …`."
            )
        )
        let parts = key.split(separator: "_", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == "khop", let id = APIKeys.uuid(parts[1]), key.utf8.count < 200 else {
            throw refusal
        }
        let rows = try await database.query(
            """
            select role, name, locality_code, secret_hash, holder_id, return_hosts from api_key
            where id = \(id)::uuid and revoked_at is null
            """
        )
        guard let row = rows.first else { throw refusal }
        let (roleName, name, locality, stored, holder, hosts) = try row.decode(
            String.self,
            String.self,
            String?.self,
            Bytes.self,
            UUID.self,
            [String].self
        )
        let offered = SHA256.hash(Array(parts[2].utf8))
        guard areEqual(offered, stored.bytes), let role = Role(rawValue: roleName) else { throw refusal }
        return Caller(
            keyID: id,
            role: role,
            name: name,
            localityCode: locality,
            holderID: holder,
            returnHosts: hosts
        )
    }

    private static func uuid(_ plain: Substring) -> UUID? {
        guard plain.utf8.count == 32 else { return nil }
        var text = String(plain)
        for offset in [20, 16, 12, 8] { text.insert("-", at: text.index(text.startIndex, offsetBy: offset)) }
        return UUID(uuidString: text)
    }
}
