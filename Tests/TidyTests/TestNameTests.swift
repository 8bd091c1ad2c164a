import Foundation
import TestSupport
import Testing

/// How tests are named and filed, so that a list of them reads as what the project promises.
@Suite struct TestNameTests {
    private func files() throws -> [(name: String, text: String)] {
        let root = Repository.root + "/Tests"
        let names = try #require(FileManager.default.subpaths(atPath: root)).filter { $0.hasSuffix(".swift") }
        return try names.map { ($0, try String(contentsOfFile: "\(root)/\($0)", encoding: .utf8)) }
    }

    @Test func `every test is named by a sentence`() throws {
        var count = 0
        for (name, text) in try files() {
            let tests = TestNames(text)
            count += tests.all.count
            #expect(tests.withoutSentence.isEmpty, "\(name): \(tests.withoutSentence)")
        }
        #expect(count > 600)
    }

    @Test func `a file of tests has one suite, and its name`() throws {
        for (name, text) in try files() {
            let suites = TestNames(text).suites
            #expect(suites.count <= 1, "\(name) has the suites \(suites)")
            let file = name.split(separator: "/").last.map { $0.dropLast(".swift".count) }
            #expect(suites.isEmpty || suites.first == file.map(String.init), "\(name) has \(suites)")
        }
    }

    @Test func `no file of tests is longer than 350 lines`() throws {
        for (name, text) in try files() {
            #expect(text.split(separator: "\n", omittingEmptySubsequences: false).count <= 351, "\(name)")
        }
    }

    @Test func `a test is found with and without arguments, and not in a string`() {
        let names = TestNames(
            ##"""
            @Suite(.serialized) struct Some {
                @Test func `a sentence`() {}
                @Test(arguments: [(1, ")"), (2, "b")])
                func notASentence(_ number: Int, _ text: String) {}
                let text = "@Test func inAString"  // @Test func inAComment
                @Test @MainActor func alsoNone() {}
            }
            """##
        )
        #expect(names.all.count == 3 && names.suites == ["Some"])
        #expect(names.withoutSentence == ["notASentence", "alsoNone"])
    }
}
