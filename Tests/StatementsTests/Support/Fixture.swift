import Foundation
import TestSupport

/// The sample statements of the project.
enum Fixture {
    static let folder = URL(filePath: Repository.root).appending(path: "Fixtures/statements")

    static func bytes(_ name: String) throws -> [UInt8] { Array(try Data(contentsOf: folder.appending(path: name))) }
    static func text(_ name: String) throws -> String { String(decoding: try bytes(name), as: UTF8.self) }
}
