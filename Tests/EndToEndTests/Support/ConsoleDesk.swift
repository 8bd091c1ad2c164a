import Collection
import Foundation
import Identity
import Postgres
import TestSupport
import Testing
import Values

/// A province's day for the console: requests of a portal, a statement whose lines lost their references, persons.
struct ConsoleDesk: Sendable {
    let server: LiveServer
    static let account = "0801000567890"

    /// A request that is paid by its reference or not at all.
    struct Asked: Sendable {
        let id: String
        let reference: String
        let dossier: String
        let payer: String
        let due: Int64
    }

    /// Requests of a portal, each for a dossier of its own.
    func ask(_ count: Int, payer: String = "Nguyễn Văn An") async throws -> [Asked] {
        let portal = try await server.key(.portal)
        var asked: [Asked] = []
        for number in 1...count {
            let dossier = "H44-26-\(1000 + number)"
            let answer = try await server.send(
                "POST",
                "/v1/payment-requests",
                key: portal,
                json: [
                    "dossier_code": .string(dossier), "agency_code": "H44.01",
                    "procedure_code": "1.004222.000.00.00.H44", "channel": "online",
                    "payer": ["name": .string("\(payer) \(number)")],
                ]
            ).json
            asked.append(
                Asked(
                    id: try #require(answer["id"]?.string),
                    reference: try #require(answer["reference"]?.string),
                    dossier: dossier,
                    payer: "\(payer) \(number)",
                    due: try #require(answer["amount_due"]?.integer)
                )
            )
        }
        return asked
    }

    /// A statement of today in which each request is paid with a memo that names its dossier alone.
    static func statement(_ asked: [Asked], at: Instant = .now()) -> String {
        let lines = asked.enumerated().map { number, one in
            "C\(number),\(at),\(one.due),nop le phi ho so \(one.dossier),"
        }
        return (["transaction_id,booked_at,amount,memo,balance"] + lines).joined(separator: "\n") + "\n"
    }

    /// A statement in a file of its own folder.
    static func file(_ text: String, named name: String = "sao-ke.csv") throws -> String {
        let folder = FileManager.default.temporaryDirectory.path + "/khop-desk-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try text.write(toFile: folder + "/" + name, atomically: true, encoding: .utf8)
        return folder + "/" + name
    }

    /// Imports and reconciles a statement.
    func reconcile(_ text: String, by person: Person = TestPerson.finance) async throws -> Int64 {
        let path = try ConsoleDesk.file(text)
        let imported = try await server.services.statements.importFile(path: path, account: Self.account, by: person)
        let through = try #require(imported.statement.lastDay)
        _ = try await server.services.reconciliation.run(account: Self.account, through: through, by: person.name)
        return imported.statement.id
    }

    /// A session in a browser of a new person with a role.
    func session(_ role: Role, name: String, locality: String? = nil) async throws -> String {
        try await TestPerson.session(role, locality: locality, name: name, kind: .browser, server.services.database)
    }

    /// Somebody at the pages who runs no scripts.
    func visitor(_ role: Role, name: String = "Lan", locality: String? = nil) async throws -> PageVisitor {
        let visitor = PageVisitor(server.baseURL)
        visitor.steal(try await session(role, name: name, locality: locality), mode: server.services.mode)
        return visitor
    }
}
