import Foundation
import PureSupport
import Testing
import Workflow

/// What the audit says is said in words, in both languages.
@Suite struct AuditActionTests {
    @Test func `each action that the sources record has its words, and no other has`() throws {
        let root = "\(Repository.root)/Sources/Collection"
        var used: Set<String> = []
        for name in try #require(FileManager.default.subpaths(atPath: root)) where name.hasSuffix(".swift") {
            let text = try String(contentsOfFile: "\(root)/\(name)", encoding: .utf8)
            guard text.contains("Audit.record(") || name.hasSuffix("Disclosure.swift") else { continue }
            used.formUnion(text.matches(of: /"([a-z_0-9]+\.[a-z_0-9]+)"/).map { String($0.1) })
            if text.contains("\"case.\\(") { used.formUnion(CaseAction.allCases.map { "case.\($0.rawValue)" }) }
        }
        // Names of files.
        used = used.filter { name in !["csv", "jsonl", "py", "sqlite", "xlsx"].contains { name.hasSuffix(".\($0)") } }
        // A word of its own, without a dot.
        used.insert("login")
        #expect(used.count > 60)
        let known = Vocabulary.auditAction.codes
        #expect(used == known, "\(used.symmetricDifference(known).sorted())")
        for code in known {
            let words = Vocabulary.auditAction[code]
            #expect(words[.vietnamese] != words[.english] && !words[.vietnamese].isEmpty, "\(code)")
        }
    }
}
