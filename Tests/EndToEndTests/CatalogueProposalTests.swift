import Collection
import FeeSchedule
import Foundation
import Identity
import TestSupport
import Testing
import Values

/// The catalogue changed by two persons at the terminal and over HTTP, and by one alone where that is allowed.
@Suite struct CatalogueProposalTests {
    /// A folder with the targets in force and one more.
    private static func folder(_ services: Services) async throws -> String {
        let files = try await services.catalogue.export()
        let known = try #require(files.first { $0.file == .targets }).text
        let folder = FileManager.default.temporaryDirectory.path + "/khop-catalogue-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try (known.trimmingCharacters(in: .newlines) + "\n01,2031,non_cash,81\n")
            .write(toFile: folder + "/targets.csv", atomically: true, encoding: .utf8)
        return folder
    }

    private static func removing(_ paths: String...) {
        for path in paths { do { try FileManager.default.removeItem(atPath: path) } catch {} }
    }

    private static func proposals(of imports: Services) async throws -> [JSON] {
        try await imports.database.query(
            "select detail->'proposal' from audit_entry where action = 'catalogue.import' order by id"
        ).map { try $0.get(0, as: JSON.self) }
    }

    @Test func `at the terminal one person proposes, another accepts, and nobody accepts their own`() async throws {
        try await TestDatabase.withServices { services in
            let khop = KhopProgram(services.database.pool.options)
            let folder = try await Self.folder(services)
            let lan = try await TestPerson.sessionFile(.finance, name: "Lan", services.database)
            let minh = try await TestPerson.sessionFile(.approver, name: "Minh", services.database)
            defer { Self.removing(folder, lan, minh) }
            let stranger = try khop.run(["catalogue", "propose", folder])
            #expect(stranger.status == 2 && stranger.errors.contains("khop login"), "\(stranger.errors)")
            let before = try await services.catalogue.version()
            let made = try khop.run(
                ["catalogue", "propose", folder, "--note", "NQ 12", "--json"],
                ["KHOP_SESSION_FILE": lan]
            )
            let proposal = try JSON.parse(Array(made.output.utf8))
            let id = try #require(proposal["id"]?.integer, "\(made.errors)")
            #expect(proposal["state"] == "open" && proposal["note"] == "NQ 12" && proposal["change_count"] == 1)
            #expect(proposal["changes"]?.array?.first?["after"]?["target_percent"] == "81")
            #expect(proposal["sentence"] == "1 new targets.")
            let own = try khop.run(["catalogue", "accept", "\(id)"], ["KHOP_SESSION_FILE": lan])
            #expect(own.status != 0 && own.errors.contains("may not do this"), "\(own.errors)")
            #expect(try await services.catalogue.version() == before)
            let accepted = try khop.run(["catalogue", "accept", "\(id)"], ["KHOP_SESSION_FILE": minh])
            #expect(accepted.status == 0 && accepted.output.contains("put in force"), "\(accepted.errors)")
            #expect(try await services.catalogue.version() == before + 1)
            let listed = try khop.run(["catalogue", "proposals"])
            #expect(listed.output.contains("Lan") && listed.output.contains("Minh"), "\(listed.output)")
            let late = try khop.run(
                ["catalogue", "reject", "\(id)", "--note", "x"],
                ["KHOP_SESSION_FILE": minh]
            )
            #expect(late.status != 0 && late.errors.contains("has put this in force already"), "\(late.errors)")
            // The audit tells what two persons did from what one did at once.
            #expect(try await Self.proposals(of: services) == [.null, .integer(id)])
        }
    }

    @Test func `where two persons are required, one alone may set up an empty installation and no more`() async throws {
        try await TestDatabase.withServices { services in
            let khop = KhopProgram(services.database.pool.options)
            let folder = try await Self.folder(services)
            defer { Self.removing(folder) }
            let strict = ["KHOP_CATALOGUE_PROPOSALS_ONLY": "true"]
            let refused = try khop.run(["catalogue", "import", folder], strict)
            #expect(refused.status != 0 && refused.errors.contains("khop catalogue propose"), "\(refused.errors)")
            #expect(try khop.run(["catalogue", "check", folder], strict).status == 0)
            #expect(try khop.run(["catalogue", "import", folder]).status == 0)
            var options = ServiceOptions(publicURL: "http://127.0.0.1:1")
            options.catalogueTakesProposals = true
            try await TestDatabase.withServices(options: options) { fresh in
                // The catalogue that every test has was put in force there as the first one.
                let first = try await fresh.catalogue.version()
                #expect(first == 1)
                await #expect(throws: ServiceError.self) {
                    _ = try await fresh.catalogue.importFiles([(.targets, Array("locality_code".utf8))], by: "test")
                }
            }
        }
    }

    @Test func `over HTTP a person proposes, another with a fresh code accepts, and no key does either`() async throws {
        try await LiveServer.with { server in
            let body: JSON = [
                "note": "NQ 12",
                "files": ["targets": "locality_code,year,indicator,target_percent\n01,2031,non_cash,81\n"],
            ]
            let path = "/v1/catalogue/proposals"
            let lan = try await server.person(.finance)
            let key = try await server.key(.finance)
            #expect(try await server.send("POST", path, key: key, json: body).status == 403)
            let made = try await server.send("POST", path, key: lan, json: body)
            let proposal = try made.json
            let id = try #require(proposal["id"]?.integer, "\(made.text)")
            #expect(made.status == 201 && proposal["state"] == "open" && proposal["is_outdated"] == false)
            #expect(try await server.send("POST", "\(path)/\(id)/accept", key: lan).status == 403)
            let auditor = try await server.key(.auditor)
            let listed = try await server.send("GET", path, key: auditor).json
            #expect(listed["items"]?.array?.first?["id"]?.integer == id && listed["next_cursor"] == .null)
            let other = try await server.person(.finance)
            let turned = try await server.send("POST", "\(path)/\(id)/reject", key: other, json: ["note": "x"])
            #expect(turned.status == 403, "\(turned.text)")
            let approver = try await server.person(.approver)
            let done = try await server.send("POST", "\(path)/\(id)/accept", key: approver, json: ["note": "ok"])
            let decided = try done.json["decision"]
            #expect(done.status == 200 && decided?["version"] == 2, "\(done.text)")
            let again = try await server.send("POST", "\(path)/\(id)/accept", key: approver)
            #expect(again.status == 409)
            let faulty = try await server.send(
                "POST",
                path,
                key: lan,
                json: ["files": ["targets": "locality_code,year,indicator,target_percent\n01,x,non_cash,81\n"]]
            )
            #expect(faulty.status == 422 && faulty.text.contains("targets.csv:2"), "\(faulty.text)")
            let unknown = try await server.send("POST", path, key: lan, json: ["files": ["prices": "x"]])
            #expect(unknown.status == 422 && unknown.text.contains("/files/prices"))
            #expect(try await server.send("POST", path, key: lan, json: ["note": "x"]).status == 422)
        }
    }

    @Test func `who acts for a locality alone has no say in the province's prices`() async throws {
        try await LiveServer.with { server in
            let local = try await server.person(.finance, locality: "25")
            let path = "/v1/catalogue/proposals"
            #expect(try await server.send("GET", path, key: local).status == 403)
            let refused = try await server.send("POST", path, key: local, json: ["files": [:]])
            #expect(refused.status == 403, "\(refused.text)")
        }
    }
}
