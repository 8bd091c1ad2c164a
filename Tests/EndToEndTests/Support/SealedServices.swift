import Collection
import Cryptography
import Foundation
import Postgres
import TestSupport
import Testing

/// Services whose history is sealed, with a key that a program can be given too.
struct SealedServices {
    let services: Services
    /// As `khop seal key` prints it.
    let publicKey: String
    let keyFile: String
    let folder: String

    static func with(_ body: (SealedServices) async throws -> Void) async throws {
        let key = SigningKey.random()
        let folder = Repository.home + "/seals-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { do { try FileManager.default.removeItem(atPath: folder) } catch {} }
        let keyFile = folder + "/seal.key"
        try key.withSeed { Data($0).base64EncodedString() }.write(toFile: keyFile, atomically: true, encoding: .utf8)
        let sealing = SealingOptions(key: key, witness: SealWitness(folder: folder))
        var options = ServiceOptions(publicURL: "http://127.0.0.1:1")
        options.sealing = sealing
        try await TestDatabase.withServices(options: options) { services in
            try await body(
                SealedServices(services: services, publicKey: sealing.publicKey, keyFile: keyFile, folder: folder)
            )
        }
    }

    /// Records something, and seals it with a seal of its own.
    func record(_ subject: String) async throws {
        _ = try await services.database.query(
            """
            insert into audit_entry (actor_id, actor_name, action, subject) values ('a', 'A', 'test', \(subject))
            """
        )
        try await sealAll()
    }

    func sealAll() async throws { _ = try await #require(services.sealer).sealAll() }

    /// Rewrites what is recorded and seals all of it again, as whoever owns the database, the key and the file could.
    func sealAnew() async throws {
        try await TestDatabase.with(.superuser, of: services.database) { database in
            try await database.transaction { tx in
                try tx.script(
                    """
                    set local session_replication_role = replica;
                    update audit_entry set actor_name = 'somebody else';
                    delete from seal_range; delete from seal_node; delete from seal; delete from seal_progress;
                    """
                )
            }
        }
        try FileManager.default.removeItem(atPath: folder + "/seals.jsonl")
        try await sealAll()
    }
}
