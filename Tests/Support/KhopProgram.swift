import Foundation
public import Postgres
import PureSupport

/// The program itself, as people run it.
public struct KhopProgram: Sendable {
    public struct Result: Sendable {
        public let status: Int32
        public let output: String
        public let errors: String
    }

    /// What `swift build --build-tests` makes, in the folder of the build that the tests belong to.
    public static let path =
        Repository.root + "/"
        + (ProcessInfo.processInfo.environment["KHOP_TEST_BUILD"] ?? ".build/debug") + "/khop"

    private let database: DatabaseOptions?

    /// - Parameter database: the one it works on; `nil` where none is named.
    public init(_ database: DatabaseOptions? = nil) { self.database = database }

    /// Runs a command to its end, in English unless the environment says otherwise.
    public func run(_ arguments: [String], _ environment: [String: String] = [:]) throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("khop-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { do { try FileManager.default.removeItem(at: folder) } catch {} }
        var variables = ["PATH": "/usr/bin:/bin", "LANG": "en_US.UTF-8", "KHOP_HOME": folder.path + "/home"]
        if let database { variables["KHOP_DATABASE_URL"] = database.url }
        for (name, value) in environment { variables[name] = value }
        let ended = try OtherProgram.finish(
            KhopProgram.path,
            arguments,
            environment: variables.filter { !$0.value.isEmpty }
        )
        return Result(
            status: ended.status,
            output: String(decoding: ended.output, as: UTF8.self),
            errors: String(decoding: ended.errors, as: UTF8.self)
        )
    }
}
