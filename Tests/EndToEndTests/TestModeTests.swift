import Collection
import Foundation
import Identity
import PureSupport
import TestSupport
import Testing
import Values

@testable import Server

/// A test installation says so in whatever it answers, and takes no key of a live one.
@Suite struct TestModeTests {
    /// What stands in place of the parts of an address.
    private static func concrete(_ path: String, _ known: Known) -> String {
        var address = path
        for (part, value) in [
            (":token", known.token), (":account", ConsoleDesk.account), (":day", Instant.now().day.description),
            (":number", known.receipt), (":reference", known.reference), (":bank", "970436"), (":name", "bank"),
            (":id", path.contains("callbacks") ? "refused:1" : "1"),
        ] { address = address.replacing(part, with: value) }
        return address + (queries[path] ?? "")
    }

    private struct Known {
        let token: String
        let reference: String
        let receipt: String
    }

    private static let queries = [
        "/console/find": "?q=H44", "/console/cases/inquiry": "?cases=1", "/console/cases/inquiry.pdf": "?cases=1",
        "/console/reports/payments": "?period=2026", "/console/reports/dossiers": "?period=2026",
        "/console/test-bank/statement": "?account=0801000567890",
    ]

    /// What somebody at the pages of an installation is answered, address by address.
    private static func visit(_ server: LiveServer) async throws -> [(path: String, answer: LiveServer.Answer)] {
        let mode = server.services.mode
        let desk = ConsoleDesk(server: server)
        // A request that is paid, with its receipt, and a case.
        let calls = try await RecordedCalls(server)
        let paid = try await calls.overpaid("FT1")
        let request = try await server.services.paymentRequests.find(try #require(UUID(uuidString: paid.request)))
        let told = try await server.send("GET", "/v1/payment-requests/\(paid.request)", key: calls.portal).json
        let receipt =
            told["receipts"]?.array?.first?["url"]?.string.flatMap { URL(string: $0)?.lastPathComponent } ?? ""
        let known = Known(token: request.token, reference: request.reference, receipt: receipt)
        _ = try await desk.reconcile(ConsoleDesk.statement(try await desk.ask(1)))
        let options = ServerOptions(publicURL: "http://127.0.0.1:1")
        let addresses = try KhopServer.addresses(server.services, options: options, registry: PrometheusRegistry())
        var found: [(path: String, answer: LiveServer.Answer)] = []
        for role in [Role.admin, .finance] {
            let session = try await desk.session(role, name: "Lan")
            let cookie = (mode == .test ? "__Host-khop-test=" : "__Host-khop=") + session
            for (path, method) in addresses where method == .get && !path.hasSuffix("/events") {
                let headers = ["Cookie": cookie, "Accept": "text/html"]
                found.append((path, try await server.send("GET", concrete(path, known), headers: headers)))
            }
        }
        let wrong = ["Accept": "text/html"]
        for path in ["/pay/nobody", "/console/nowhere", "/nowhere", "/r/x"] {
            found.append((path, try await server.send("GET", path, headers: wrong)))
        }
        return found
    }

    @Test func `every page, paper and workbook of a test installation says so, and none of a live one`() async throws {
        for mode in InstallationMode.allCases {
            try await LiveServer.with(mode: mode) { server in
                try await Self.check(try await Self.visit(server), mode)
            }
        }
    }

    private static func check(_ answers: [(path: String, answer: LiveServer.Answer)], _ mode: InstallationMode)
        async throws
    {
        let isTest = mode == .test
        var (pages, papers, books): (Set<String>, Set<String>, Set<String>) = ([], [], [])
        for (path, answer) in answers {
            #expect((answer.headers["khop-mode"] == "test") == isTest, "\(path)")
            let type = answer.headers["content-type"] ?? ""
            if type.hasPrefix("text/html") {
                pages.insert(path)
                // A part of a page goes into one that has the banner.
                guard answer.text.contains("<html") else { continue }
                #expect(answer.text.contains("MÔI TRƯỜNG THỬ NGHIỆM") == isTest, "\(path)")
                #expect(answer.text.contains("TEST MODE — no real money") == isTest, "\(path)")
                if isTest, let policy = answer.headers["content-security-policy"] {
                    #expect(policy.contains("style-src 'self'"), "\(path): \(policy)")
                }
            } else if type.hasPrefix("application/pdf") {
                papers.insert(path)
                let text = try await OtherProgram.aside {
                    try OtherProgram.run("pdftotext", ["-enc", "UTF-8", "-", "-"], input: Data(answer.body))
                }
                let sheets = String(decoding: text, as: UTF8.self).split(separator: "\u{0C}")
                #expect(sheets.allSatisfy { $0.contains("THỬ NGHIỆM · TEST") == isTest }, "\(path)")
            } else if type.contains("spreadsheetml") {
                books.insert(path)
                let words = try await OtherProgram.aside { try Self.words(answer.body) }
                #expect(words.contains("MÔI TRƯỜNG THỬ NGHIỆM") == isTest, "\(path)")
            }
        }
        #expect(pages.count > 45 && papers.count >= 4 && books.count >= 3, "\(pages.count) \(papers) \(books)")
    }

    /// The texts of a workbook.
    private static func words(_ book: [UInt8]) throws -> String {
        let path = FileManager.default.temporaryDirectory.path + "/khop-\(UUID().uuidString).xlsx"
        try Data(book).write(to: URL(fileURLWithPath: path))
        defer { unlink(path) }
        return String(decoding: try OtherProgram.run("unzip", ["-p", path, "xl/sharedStrings.xml"]), as: UTF8.self)
    }

    @Test func `each installation refuses the other's keys with a sentence of its own, and looks nothing up`()
        async throws
    {
        var keys: [InstallationMode: String] = [:]
        for mode in InstallationMode.allCases {
            try await TestDatabase.withServices(options: Self.options(mode)) { services in
                keys[mode] = try await services.keys.create(role: .portal, name: "x", localityCode: nil).key
            }
        }
        let (live, test) = (try #require(keys[.live]), try #require(keys[.test]))
        #expect(test.hasPrefix("khop_test_") && live.hasPrefix("khop_") && !live.hasPrefix("khop_test_"))
        for (mode, foreign, words) in [
            (InstallationMode.live, test, "a key of the test mode"), (.test, live, "a key of the live system"),
        ] {
            try await LiveServer.with(mode: mode) { server in
                let own = try await server.key(.portal)
                #expect(try await server.send("GET", "/v1/payment-requests?dossier_code=x", key: own).status == 200)
                let refused = try await server.send("GET", "/v1/payment-requests?dossier_code=x", key: foreign)
                #expect(refused.status == 401 && refused.text.contains(words), "\(refused.text)")
                // The key's own text with the other beginning is nobody's.
                let turned =
                    mode == .test ? own.replacing("khop_test_", with: "khop_") : "khop_test_" + own.dropFirst(5)
                #expect(try await server.send("GET", "/v1/payment-requests?dossier_code=x", key: turned).status == 401)
            }
        }
    }

    private static func options(_ mode: InstallationMode) -> ServiceOptions {
        var options = ServiceOptions(publicURL: "http://127.0.0.1:1")
        options.mode = mode
        return options
    }

    @Test(arguments: InstallationMode.allCases)
    func `references, events and metrics say so, and the answers of a live one have no more members`(
        _ mode: InstallationMode
    ) async throws {
        try await EventReceiver.with { receiver in
            try await PayDesk.with(mode: mode) { desk in
                let admin = try await desk.server.key(.admin)
                let endpoint: JSON = [
                    "name": "portal", "url": .string(receiver.url()),
                    "portal": .string(try await desk.server.id(of: desk.portal)),
                ]
                let added = try await desk.server.send("POST", "/v1/event-endpoints", key: admin, json: endpoint)
                #expect(added.status == 201, "\(added.text)")
                let asked = try await desk.ask()
                #expect(asked.reference.dropFirst(4).hasPrefix("TEST") == (mode == .test))
                #expect(try await desk.pay(10_000, asked.reference) == "settled")
                try await until("an event") { !receiver.received.isEmpty }
                let event = try #require(receiver.received.first)
                let body = try JSON.parse(event.body)
                let names = body.members?.map(\.name) ?? []
                #expect(
                    names == (mode == .test ? ["type", "timestamp", "mode", "data"] : ["type", "timestamp", "data"])
                )
                #expect(body["mode"]?.string == (mode == .test ? "test" : nil))
                #expect(event.headers["khop-mode"] == (mode == .test ? "test" : nil), "\(event.headers)")
                guard mode == .test else { return }
                // Other tests of this run share the registry: of a live server nothing can be said here.
                #expect(try await desk.server.send("GET", "/metrics").text.contains("khop_test_mode 1"))
            }
        }
    }

    @Test func `a command of the other mode is refused and told what to set`() async throws {
        try await TestDatabase.withServices(options: Self.options(.test)) { services in
            let khop = KhopProgram(services.database.pool.options)
            let commands = [
                ["key", "list"], ["person", "list"], ["connection", "list"], ["case", "list"],
                ["catalogue", "history"],
                ["statement", "list"], ["event", "list"], ["ledger", "verify"], ["seal", "verify"], ["limit", "list"],
                ["key", "create", "--role", "portal", "--name", "x"], ["serve", "--allow-root", "--port", "0"],
                ["request", "show", "RF18539007547034"], ["simulate", "bank", "--connection", "x"],
            ]
            for command in commands {
                let refused = try await khop.runAside(command)
                #expect(
                    refused.status == 2
                        && refused.errors.contains("KHOP_MODE: this database is of a TEST installation"),
                    "\(command): \(refused.status) \(refused.errors)"
                )
            }
            let listed = try await khop.runAside(["key", "list"], ["KHOP_MODE": "test"])
            #expect(listed.status == 0 && listed.errors.contains("khop: TEST MODE — no real money"), "\(listed.errors)")
            let owner = try await TestDatabase.with(.owner, of: services.database) { $0.pool.options.url }
            for (mode, status) in [("live", Int32(2)), ("test", 0)] {
                let migrated = try await khop.runAside(
                    ["migrate"],
                    ["KHOP_MODE": mode, "KHOP_OWNER_DATABASE_URL": owner]
                )
                #expect(migrated.status == status, "\(mode): \(migrated.errors)")
            }
        }
        try await TestDatabase.withServices { services in
            let khop = KhopProgram(services.database.pool.options)
            let refused = try await khop.runAside(["key", "list"], ["KHOP_MODE": "test"])
            #expect(refused.status == 2 && refused.errors.contains("KHOP_MODE: this database is of the LIVE system"))
        }
    }
}
