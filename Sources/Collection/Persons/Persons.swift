import Cryptography
public import Identity
import Postgres
import Values

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// Persons, their roles, and the invitations by which they choose a password.
public struct Persons: Sendable {
    let database: Database
    let factor: SecondFactor
    let hasher: PasswordHasher
    /// How long an invitation is good.
    public static let invitationSeconds: Int64 = 72 * 3600

    init(_ database: Database, factor: SecondFactor, hasher: PasswordHasher) {
        self.database = database
        self.factor = factor
        self.hasher = hasher
    }

    /// Adds a person with roles, and invites them.
    public func add(name: String, email: String, grants: [RoleGrant], by actor: Person) async throws -> Invited {
        let name = name.trimming()
        guard (1...200).contains(name.count), !name.unicodeScalars.contains(where: { $0.value < 32 }) else {
            throw ServiceError(
                .invalidParameter,
                at: "name",
                Phrase(vi: "tên phải có từ 1 đến 200 ký tự", en: "the name must have 1 to 200 characters")
            )
        }
        let address = try Persons.address(email)
        let factor = factor
        return try await Persons.tellingConflicts {
            try await database.transaction { tx in
                let id = UUID.version7(at: .now())
                let added = try tx.query(
                    """
                    insert into person (id, name, email, created_by)
                    values (\(id)::uuid, \(name), \(address.text), \(actor.id))
                    on conflict on constraint person_email_key do nothing returning 1
                    """
                )
                guard added.count == 1 else {
                    throw ServiceError(
                        .conflict,
                        Phrase(
                            vi: "Đã có người dùng địa chỉ \(address): dùng `khop person invite` để mời lại.",
                            en: "There is a person with the address \(address): `khop person invite` invites again."
                        )
                    )
                }
                let detail: JSON = ["name": .string(name), "email": .string(address.text)]
                try Audit.record(tx, actor, "person.add", "person:\(id.text)", detail)
                for grant in grants { try Persons.grant(grant, until: nil, to: id, by: actor, tx) }
                return try Persons.invite(id, by: actor, factor, tx)
            }
        }
    }

    /// Persons, in the order in which they were added.
    public func list() async throws -> [KnownPerson] {
        try await database.query(
            Query(trustedSQL: "select \(KnownPerson.columns) from person p order by p.created_at, p.id")
        ).map { try KnownPerson($0) }
    }

    /// The person of an e-mail address or an id, or throws `notFound`.
    public func find(_ named: String) async throws -> KnownPerson {
        let rows = try await database.query(
            Query(
                trustedSQL: "select \(KnownPerson.columns) from person p where p.email = $1 or p.id = $2::uuid",
                binding: [EmailAddress(named)?.text, UUID(uuidString: named)]
            )
        )
        guard let person = try rows.first.map({ try KnownPerson($0) }) else {
            throw ServiceError(
                .notFound,
                Phrase(
                    vi: "Không có người nào mang địa chỉ hoặc mã \(named.prefix(100)); xem bằng `khop person list`.",
                    en: "Nobody has the address or id \(named.prefix(100)); `khop person list` shows them."
                )
            )
        }
        return person
    }

    /// A new link in the place of those before; the old password, authenticator and sessions go when it is accepted.
    public func invite(_ id: UUID, by actor: Person) async throws -> Invited {
        let factor = factor
        return try await database.transaction { tx in
            guard let person = try KnownPerson.lock(id, tx), person.disabledAt == nil else {
                throw ServiceError(
                    .conflict,
                    Phrase(
                        vi: "Người này đã ngừng hoạt động: chạy `khop person enable` trước.",
                        en: "This person is disabled: run `khop person enable` first."
                    )
                )
            }
            return try Persons.invite(id, by: actor, factor, tx)
        }
    }

    /// Ends everything that a person can do: sessions at once, invitations and login links too. The roles stay recorded.
    public func disable(_ id: UUID, by actor: Person) async throws {
        try Persons.requireAnother(id, than: actor)
        try await database.transaction { tx in
            _ = try KnownPerson.lock(id, tx)
            try tx.query("update person set disabled_at = coalesce(disabled_at, now()) where id = \(id)::uuid")
            try Persons.withdraw(id, tx)
            try LoginLinks.withdraw(of: id, tx)
            try Persons.endDelegations(of: id, by: actor, tx)
            try Sessions.end(of: id, .disabled, tx)
            try Audit.record(tx, actor, "person.disable", "person:\(id.text)")
        }
    }

    /// Lets a disabled person log in again.
    public func enable(_ id: UUID, by actor: Person) async throws {
        try await database.transaction { tx in
            try tx.query("update person set disabled_at = null where id = \(id)::uuid")
            try Audit.record(tx, actor, "person.enable", "person:\(id.text)")
        }
    }

    static func address(_ email: String) throws -> EmailAddress {
        guard let address = EmailAddress(email) else {
            throw ServiceError(
                .invalidParameter,
                at: "email",
                Phrase(
                    vi: "phải là một địa chỉ thư như lan@tinh.gov.vn",
                    en: "must be an address such as lan@province.gov.vn"
                )
            )
        }
        return address
    }

    private static func withdraw(_ id: UUID, _ tx: borrowing Transaction) throws {
        try tx.query(
            """
            update invitation set withdrawn_at = now()
            where person_id = \(id)::uuid and used_at is null and withdrawn_at is null
            """
        )
    }

    private static func invite(_ id: UUID, by actor: Person, _ factor: SecondFactor, _ tx: borrowing Transaction) throws
        -> Invited
    {
        try withdraw(id, tx)
        let token = randomToken(length: 43)
        let expires = Instant(unixSeconds: Instant.now().unixSeconds).adding(seconds: invitationSeconds)
        let sealed = Bytes(factor.seal(randomBytes(OneTimeCode.secretBytes), of: id))
        try tx.query(
            """
            insert into invitation (person_id, token_hash, totp_sealed, totp_key_id, created_by, expires_at)
            values (\(id)::uuid, \(Sessions.hash(token)), \(sealed), \(factor.box.keyID), \(actor.id),
                \(expires)::timestamptz)
            """
        )
        try Audit.record(tx, actor, "person.invite", "person:\(id.text)", ["expires_at": .text(expires)])
        guard let person = try KnownPerson.lock(id, tx) else { throw ServiceError(.notFound, .noInvitation) }
        return Invited(person: person, token: token, expiresAt: expires)
    }

    /// Tells of roles that may not be held together in words.
    static func tellingConflicts<Value>(_ work: () async throws -> Value) async throws -> Value {
        do { return try await work() } catch let error as PostgresError
            where error.constraint == "person_role_separation_check"
        {
            throw ServiceError(
                .conflict,
                Phrase(
                    vi:
                        "Một người không được giữ hai đầu của một quyết định về cùng tài khoản: finance với approver, hoặc admin với một trong hai.",
                    en:
                        "One person may not hold both ends of a decision about the same account: finance and approver, or admin and either."
                )
            )
        }
    }
}
