import Foundation
import TestSupport
import Testing

/// What docs/security.md claims, as far as a test can read it.
@Suite struct SecurityPageTests {
    private func page() throws -> String {
        try String(contentsOfFile: Repository.root + "/docs/security.md", encoding: .utf8)
    }

    @Test func `every suite that it names is there`() throws {
        let tests = try #require(FileManager.default.subpaths(atPath: Repository.root + "/Tests"))
        let suites = Set(tests.filter { $0.hasSuffix("Tests.swift") }.compactMap { $0.split(separator: "/").last })
        let named = Set(try page().matches(of: /`(\w+Tests)`/).map { String($0.1) })
        #expect(named.count > 30)
        #expect(named.filter { !suites.contains("\($0).swift") } == [])
    }

    @Test func `every finding has its line, and what is mended names what holds it`() throws {
        let rows = try page().split(separator: "\n").filter { $0.contains(/^\| [HML]\d+ \|/) }
        let names = rows.map { $0.split(separator: "|")[0].trimmingCharacters(in: .whitespaces) }
        #expect(names == (1...8).map { "H\($0)" } + (1...13).map { "M\($0)" } + (1...14).map { "L\($0)" })
        for row in rows where row.contains("mended") { #expect(row.contains("Tests`"), "\(row)") }
    }

    @Test func `each folder and program that it names is there`() throws {
        for match in try page().matches(of: /`((?:ops|Migrations|Fixtures|docs)\/[\w.\/]+)/) {
            let path = String(match.1)
            #expect(FileManager.default.fileExists(atPath: Repository.root + "/" + path), "\(path)")
        }
    }
}
