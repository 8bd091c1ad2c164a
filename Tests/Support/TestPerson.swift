public import Collection
import Cryptography
import Foundation
public import Identity
public import Postgres
import Values

/// Persons of the tests, who are in every database that ``TestDatabase/withServices(lockTimeoutMilliseconds:options:_:)``
/// lends, with a second factor just given.
public enum TestPerson {
    /// Finance staff.
    public static let finance = person(1, "Finance")
    public static let lan = person(2, "lan")
    public static let hoa = person(3, "Hoa")
    /// Approvers.
    public static let approver = person(4, "Approver")
    public static let nam = person(5, "Nam")
    public static let treasurer = person(6, "Treasurer")
    /// Two who decide, one after the other.
    public static let first = person(7, "First")
    public static let second = person(8, "Second")
    public static let clerk = person(9, "Clerk")

    private static let all: [(Person, Role)] = [
        (finance, .finance), (lan, .finance), (hoa, .finance), (approver, .approver), (nam, .approver),
        (treasurer, .finance), (first, .finance), (second, .approver), (clerk, .finance),
    ]

    /// One of many, for what many do at once; numbers from 10 are free.
    public static func person(_ number: Int, _ name: String) -> Person {
        let digits = String(format: "%012d", number)
        let id = UUID(uuidString: "00000000-0000-7000-8000-\(digits)") ?? UUID()
        return Person(id, name: name, hasFreshFactor: true)
    }

    /// Puts a person into a database.
    public static func insert(_ person: Person, _ role: Role, _ database: Database) async throws {
        let id = String(person.id.dropFirst("person:".count))
        _ = try await database.query(
            """
            with added as (
                insert into person (id, name, email, created_by)
                values (\(id)::uuid, \(person.name), 'p' || right(\(id), 12) || '@test.invalid', 'cli:test') returning id)
            insert into person_role (person_id, role, granted_by) select id, \(role.rawValue), 'cli:test' from added
            """
        )
    }

    /// For databases that a test puts its own use cases over.
    public static func insertAll(_ database: Database) async throws {
        for (person, role) in all { try await insert(person, role, database) }
    }

    /// A person made for one test, and a session of theirs with a second factor just given: what a login gives, without
    /// the work of one.
    ///
    /// - Returns: the token.
    public static func session(
        _ role: Role,
        locality: String? = nil,
        name: String = "test",
        kind: PersonSession.Kind = .bearer,
        _ database: Database
    ) async throws -> String {
        let id = UUID.version7(at: .now())
        let token = Sessions.prefix + UUID().uuidString + UUID().uuidString
        let hash = Bytes(SHA256.hash(Array(token.utf8)))
        _ = try await database.query(
            """
            with added as (
                insert into person (id, name, email, created_by)
                values (\(id)::uuid, \(name), \(id.text) || '@test.invalid', 'cli:test') returning id),
            granted as (
                insert into person_role (person_id, role, locality_code, granted_by)
                select id, \(role.rawValue), \(locality)::text, 'cli:test' from added)
            insert into person_session (person_id, token_hash, kind, method, address, created_at, last_used_at, factor_at)
            select id, \(hash), \(kind.rawValue), 'password', '127.0.0.1', now(), now(), now() from added
            """
        )
        return token
    }

    /// The same as `khop login` leaves it: a file for `KHOP_SESSION_FILE`.
    public static func sessionFile(_ role: Role, name: String = "test", _ database: Database) async throws -> String {
        let path = FileManager.default.temporaryDirectory.path + "/khop-session-\(UUID().uuidString)"
        let token = try await session(role, name: name, database)
        let isMade = FileManager.default.createFile(
            atPath: path,
            contents: Data(token.utf8),
            attributes: [.posixPermissions: 0o600]
        )
        precondition(isMade, "the session cannot be written")
        return path
    }
}
