import Collection
import Cryptography
import Foundation
import Postgres
import TestSupport
import Testing
import Values

/// Services whose history is sealed into a folder of their own, and something to seal.
struct SealedWorld {
    let services: Services
    let key: SigningKey
    let folder: String

    /// Lends services over a database of their own.
    static func with(_ body: (SealedWorld) async throws -> Void) async throws {
        let key = SigningKey.random()
        let folder = Repository.home + "/seals-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        var options = ServiceOptions(publicURL: "http://127.0.0.1:1")
        options.sealing = SealingOptions(key: key, witness: SealWitness(folder: folder))
        try await TestDatabase.withServices(options: options) { services in
            try await body(SealedWorld(services: services, key: key, folder: folder))
        }
    }

    /// Days at the bank with callbacks, lines, cases, recoveries, an undone statement and a refund: rows in every table that
    /// is sealed.
    func fill(days: Int, _ random: inout Seeded) async throws {
        let account = try await WorldAccount(services, number: "0801000567890", agency: "H44.01", confirms: true)
        var balance: Int64 = 1_000_000
        for number in 0..<days {
            let day = Day("2025-01-01")!.adding(days: number * 2)
            let world = BankDay("S\(number)", &random)
            try await ReconciliationWorldTests.add(world, to: account, on: day)
            for callback in world.callbacks {
                _ = try await account.settle(
                    callback.id,
                    callback.amount,
                    callback.reference,
                    at: day.start.adding(seconds: 43_200),
                    by: callback.isGateway ? account.gateway : nil
                )
            }
            let (after, statement) = try await ReconciliationWorldTests.importLines(
                of: world,
                balance,
                day.start.adding(seconds: 43_200),
                account,
                &random
            )
            _ = try await services.reconciliation.run(account: account.number, through: day, by: "test")
            if number == 0, let statement {
                _ = try await services.statementUndos.undo(statement, note: "wrong file", by: Desk.hoa)
            } else {
                balance = after
            }
            // Seals of uneven sizes.
            if number == 0 || random.chance(50) { _ = try await sealAll() }
        }
        _ = try await sealAll()
    }

    @discardableResult func sealAll() async throws -> SealRecord? { try await #require(services.sealer).sealAll() }

    func query(_ sql: String) async throws -> Rows { try await services.database.query(Query(trustedSQL: sql)) }

    /// As the owner of the database could, unseen by any trigger.
    func tamper(_ sql: String) async throws {
        try await asSuperuser { tx in try tx.script(sql) }
    }

    /// Works with all triggers off, as nobody but a superuser can.
    func asSuperuser<Value: Sendable>(_ body: @Sendable (borrowing Transaction) throws -> Value) async throws -> Value {
        try await TestDatabase.with(.superuser, of: services.database) { database in
            try await database.transaction { tx in
                try tx.script("set local session_replication_role = replica")
                return try body(tx)
            }
        }
    }

    /// What a verification finds in a transaction that is not committed.
    func faultsNow(_ tx: borrowing Transaction) throws -> [Phrase] {
        let verification = services.sealVerification
        return try verification.verify(tx, told: try verification.told()).faults
    }

    func faults() async throws -> [String] { try await services.sealVerification.verify().faults.map { $0[.english] } }
}
