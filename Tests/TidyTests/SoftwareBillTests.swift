import Foundation
import TestSupport
import Testing
import Values

/// The software bill of materials that `ops/sbom` writes.
@Suite struct SoftwareBillTests {
    @Test func `every package is named with its exact version, and twice the same`() throws {
        let bill = try read()
        #expect(bill["bomFormat"] == "CycloneDX" && bill["specVersion"] == "1.6")
        let parts = bill["components"]?.array ?? []
        let versions = Dictionary(
            uniqueKeysWithValues: parts.map { ($0["name"]?.string ?? "", $0["version"]?.string ?? "") }
        )
        let manifest = try String(contentsOfFile: Repository.root + "/Package.swift", encoding: .utf8)
        let pinned = manifest.matches(of: /url: "[^"]+\/([\w-]+)", exact: "([\d.]+)"/)
        #expect(pinned.count >= 10 && !manifest.contains("from: \""))
        for match in pinned { #expect(versions[String(match.1)] == String(match.2)) }
        let packages = try String(contentsOfFile: Repository.root + "/ops/packages", encoding: .utf8)
        let wanted = try #require(packages.firstMatch(of: /(?m)^wanted=\(([^)]*)\)/)).1
        for name in wanted.split(separator: " ") { #expect(versions[String(name)]?.isEmpty == false, "\(name)") }
        let references = parts.compactMap { $0["bom-ref"]?.string }
        #expect(Set(references).count == parts.count)
        #expect(bill["dependencies"]?.array?.first?["dependsOn"]?.array?.count == parts.count)
        let again = try read()
        #expect(again == bill)
    }

    private func read() throws -> JSON {
        try JSON.parse(Array(try OtherProgram.run("python3", [Repository.root + "/ops/sbom"])))
    }
}
