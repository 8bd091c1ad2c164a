import Foundation
import TestSupport
import Testing

/// Reads the project's own sources: what reviews would have to look for again and again.
@Suite struct TidyTests {
    /// What each room may import of our own. Nothing points upwards or sideways.
    private static let arrows: [String: Set<String>] = [
        "Values": [], "Cryptography": ["COpenSSL", "CSodium"], "Postgres": ["CLibpq", "Values"],
        "FeeSchedule": ["Values"],
        "Workflow": ["Values"], "Identity": ["Cryptography", "Values"],
        "Casework": ["FeeSchedule", "PaymentQR", "Values", "Workflow"],
        "Settlement": ["Values", "Workflow"], "Matching": ["Values", "Workflow"],
        "PaymentQR": ["CPNG", "CQREncode", "Values"], "BankCallbacks": ["Cryptography", "Values"],
        "Sealing": ["Cryptography", "Values"],
        "Documents": ["CPango", "PaymentQR", "Values"],
        "XMLSignatures": ["CXMLSec"],
        "Spreadsheets": ["CSQLite", "CXlsxWriter", "CZip", "Values"],
        "Statements": ["CXML2", "CZip", "Values"],
        "Collection": [
            "BankCallbacks", "Casework", "Cryptography", "Documents", "FeeSchedule", "Identity", "Matching",
            "Migrations", "PaymentQR", "Postgres", "Sealing", "Settlement", "Spreadsheets", "Statements", "Values",
            "Workflow", "XMLSignatures",
        ],
        "Console": [
            "BankCallbacks", "Casework", "Collection", "Cryptography", "FeeSchedule", "Identity", "Matching",
            "PaymentQR", "Spreadsheets", "Statements", "Values", "Workflow",
        ],
        "Server": [
            "BankCallbacks", "CCurl", "Casework", "Collection", "Console", "Cryptography", "Documents", "FeeSchedule",
            "Identity", "PaymentQR", "Postgres", "Sealing", "Spreadsheets", "Statements", "Values", "Workflow",
        ],
        "khop": [
            "BankCallbacks", "Casework", "Collection", "Cryptography", "FeeSchedule", "Identity", "Migrations",
            "PaymentQR", "Postgres", "Sealing", "Server", "Spreadsheets", "Statements", "Values", "Workflow",
        ],
    ]

    private func sources() throws -> [(room: String, name: String, text: String)] {
        let root = Repository.root + "/Sources"
        let names = try #require(FileManager.default.subpaths(atPath: root)).filter { $0.hasSuffix(".swift") }
        return try names.map { name in
            // Comments may name what code may not do; a line of code stands where it stood.
            let text = try String(contentsOfFile: "\(root)/\(name)", encoding: .utf8)
                .split(separator: "\n", omittingEmptySubsequences: false)
                .map { $0.drop { $0 == " " }.hasPrefix("//") ? "" : String($0) }.joined(separator: "\n")
            return (String(name.split(separator: "/")[0]), name, text)
        }
    }

    @Test func `imports point down`() throws {
        let ours = Set(Self.arrows.keys).union([
            "CCurl", "CLibpq", "COpenSSL", "CPNG", "CQREncode", "CSodium", "CSQLite", "CXML2", "CXlsxWriter", "CZip",
            "Migrations",
        ])
        for (room, name, text) in try sources() {
            let allowed = try #require(Self.arrows[room], "the room \(room) has no place in the table of arrows")
            for line in text.split(separator: "\n") {
                let words = line.split(separator: " ")
                guard let place = words.firstIndex(of: "import"), place <= 1, place + 1 < words.count else { continue }
                let module = String(words[place + 1])
                #expect(!ours.contains(module) || allowed.contains(module), "\(name) imports \(module)")
            }
        }
    }

    /// A group of routes is given the use cases that it calls, so that its head says what it can do.
    @Test func `no route is given all use cases`() throws {
        let routes = try sources().filter { $0.name.hasPrefix("Server/Routes/") }
        #expect(routes.count > 10)
        for (_, name, text) in routes { #expect(!text.contains("Services"), "\(name) is given Services whole") }
    }

    @Test func `no SQL is written above Collection`() throws {
        for (room, name, text) in try sources() where room == "Server" || room == "khop" {
            for word in ["database.query(", "tx.query(", "Query(trustedSQL"] {
                #expect(!text.contains(word), "\(name) has \(word)")
            }
        }
    }

    @Test func `forbidden calls do not appear in Sources`() throws {
        let forbidden = [
            (" try! ", "handle the error"), (" try? ", "handle the error, or say why it does not matter"),
            ("fatalError(", "throw"),
            ("TODO", "do it, or leave it out"), ("DispatchSemaphore", "await"), ("Thread.sleep", "await"),
        ]
        for (_, name, text) in try sources() {
            for (word, instead) in forbidden { #expect(!text.contains(word), "\(name) has \(word): \(instead)") }
        }
        for (room, name, text) in try sources()
        where ["FeeSchedule", "Statements", "BankCallbacks", "PaymentQR", "Values"].contains(room) {
            for word in ["Double", "Float", "Date()", "print("] { #expect(!text.contains(word), "\(name) has \(word)") }
        }
    }

    @Test func `no source file is longer than 350 lines`() throws {
        for (_, name, text) in try sources() {
            #expect(text.split(separator: "\n", omittingEmptySubsequences: false).count <= 350, "\(name)")
        }
    }

    /// What the server answers and what its OpenAPI document says it answers are the same addresses.
    @Test func `the OpenAPI document describes every route, and no other`() throws {
        var routes: Set<String> = []
        let call = /router\.(get|post|put|delete)\("([^"]+)"/
        for (_, name, text) in try sources().filter({ $0.room == "Server" }) {
            // What is played is another's server.
            if name.contains("/Simulation/") { continue }
            for match in text.matches(of: call) {
                let path = match.2.split(separator: "/").map { $0.hasPrefix(":") ? "{\($0.dropFirst())}" : String($0) }
                routes.insert("\(match.1) /" + path.joined(separator: "/"))
            }
        }
        var described: Set<String> = []
        var path = ""
        let document = Repository.root + "/Sources/Server/Documents/openapi.yaml"
        let lines = try String(contentsOfFile: document, encoding: .utf8).split(separator: "\n")
        for line in lines.drop(while: { $0 != "paths:" }).dropFirst().prefix(while: { $0.hasPrefix(" ") }) {
            if line.hasPrefix("  /") { path = String(line.dropFirst(2).dropLast()) }
            if let method = line.wholeMatch(of: /\s{4}(get|post|put|delete):/) {
                described.insert("\(method.1) \(path)")
            }
        }
        #expect(routes.count > 30)
        #expect(routes == described, "\(routes.symmetricDifference(described).sorted())")
    }

    @Test func `no build output and nothing of one machine is committed`() throws {
        let output = try OtherProgram.run("git", ["-C", Repository.root, "ls-files"])
        let names = String(decoding: output, as: UTF8.self).split(separator: "\n")
        #expect(!names.contains { $0.hasPrefix(".build/") || $0.hasPrefix(".khop/") || $0 == "Package.resolved" })
    }
}
