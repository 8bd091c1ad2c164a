import Foundation
import TestSupport
import Testing

@Suite struct FunctionLengthTests {
    private static let most = 70

    @Test func `no function is longer than 70 lines`() throws {
        var count = 0
        for folder in ["Sources", "Tests", "Plugins", "Migrations"] {
            let root = "\(Repository.root)/\(folder)"
            let names = try #require(FileManager.default.subpaths(atPath: root)).filter { $0.hasSuffix(".swift") }
            for name in names {
                let code = SwiftCode(try String(contentsOfFile: "\(root)/\(name)", encoding: .utf8))
                #expect(code.isBalanced, "\(folder)/\(name) was not understood")
                let functions = code.functions
                count += functions.count
                for function in functions where function.length > Self.most {
                    Issue.record("\(folder)/\(name):\(function.line) \(function.name) has \(function.length) lines")
                }
            }
        }
        #expect(count > 2000)
    }

    @Test func `lines are counted whatever stands in strings, comments and regexes`() {
        let code = SwiftCode(
            ##"""
            protocol Shape {
                func area() -> Int
                init(_ side: Int)
            }
            struct Square: Shape {
                init(_ side: Int) { self.side = side }  // }
                static func named(
                    _ name: String = "{",
                    by: [String: Int] = [:]
                ) throws -> String
                where Int: Sendable
                {
                    let braces = /[{"]/
                    /* } */
                    return "\(name.map { "}\($0)" }) {" + #"\("}"# + """
                        } { \(by["{"]!)
                        """
                }
                @inlinable public func `it's a { name`() {
                    func inner() -> Int { 6 / 3 }
                }
            }
            """##
        )
        #expect(code.isBalanced)
        let expected = [
            SwiftCode.Function(name: "init", line: 6, length: 1), .init(name: "func named", line: 7, length: 12),
            .init(name: "func `it's a ", line: 19, length: 3), .init(name: "func inner", line: 20, length: 1),
        ]
        #expect(code.functions == expected)
    }
}
