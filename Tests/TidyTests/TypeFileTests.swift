import Foundation
import TestSupport
import Testing

/// Whoever knows a type's name knows its file.
@Suite struct TypeFileTests {
    @Test func `a type lies in a file of its name`() throws {
        var count = 0
        for folder in ["Sources", "Plugins"] {
            let root = "\(Repository.root)/\(folder)"
            let names = try #require(FileManager.default.subpaths(atPath: root)).filter { $0.hasSuffix(".swift") }
            for name in names {
                let types = Self.types(try String(contentsOfFile: "\(root)/\(name)", encoding: .utf8))
                count += types.count
                let lost = Self.misplaced(types, in: name)
                #expect(lost.isEmpty, "\(folder)/\(name) declares \(lost.joined(separator: ", "))")
            }
        }
        #expect(count > 300)
    }

    @Test func `private, nested and extended types need no file`() {
        let types = Self.types(
            """
            public struct Tariff {
                struct Price {}
                func read() {
                    enum Local { case one }
                }
            }
            extension Money
            where Self: Sendable
            {
                struct Share {}
            }
            private struct Helper {}
            /// struct InAComment {}
            @available(*, deprecated) public final class Old {}
            public typealias Prices = [Tariff]
            """
        )
        #expect(types == ["Tariff", "Old", "Prices"])
        #expect(Self.misplaced(types, in: "Catalogue/Tariff.swift") == ["Old", "Prices"])
        #expect(Self.misplaced(["Tariff"], in: "Catalogue/Tariff+Read.swift").isEmpty)
        #expect(Self.misplaced(["Tariff"], in: "Tariffs.swift") == ["Tariff"])
    }

    /// The types of a source that every file of its module can see.
    private static func types(_ text: String) -> [String] {
        SwiftDeclarations(SwiftCode(text)).all.filter { $0.path.isEmpty && $0.isType && !$0.isPrivate }.map(\.name)
    }

    private static func misplaced(_ types: [String], in file: String) -> [String] {
        let own = file.split(separator: "/").last?.prefix { $0 != "+" && $0 != "." }
        return types.filter { $0 != own.map(String.init) }
    }
}
