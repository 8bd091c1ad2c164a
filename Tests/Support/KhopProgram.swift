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
        let folder = try KhopProgram.folder()
        defer { do { try FileManager.default.removeItem(at: folder) } catch {} }
        let ended = try OtherProgram.finish(
            KhopProgram.path,
            arguments,
            environment: variables(environment, home: folder)
        )
        return Result(
            status: ended.status,
            output: String(decoding: ended.output, as: UTF8.self),
            errors: String(decoding: ended.errors, as: UTF8.self)
        )
    }

    /// The same on a thread of its own, for what takes seconds: the few threads that tests and their servers share are not held.
    public func runAside(_ arguments: [String], _ environment: [String: String] = [:]) async throws -> Result {
        try await OtherProgram.aside { try run(arguments, environment) }
    }

    /// Starts a command; what it prints to standard output is lost.
    public func start(_ arguments: [String], _ environment: [String: String] = [:]) throws -> StartedProgram {
        let folder = try KhopProgram.folder()
        return try StartedProgram(KhopProgram.path, arguments, variables(environment, home: folder), folder)
    }

    private static func folder() throws -> URL {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("khop-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder
    }

    private func variables(_ environment: [String: String], home folder: URL) -> [String: String] {
        var variables = ["PATH": "/usr/bin:/bin", "LANG": "en_US.UTF-8", "KHOP_HOME": folder.path + "/home"]
        // What `ops/test --sanitize` tells the sanitizers holds for the program as well.
        for name in ["ASAN_OPTIONS", "TSAN_OPTIONS"] {
            if let told = ProcessInfo.processInfo.environment[name] { variables[name] = told }
        }
        if let database { variables["KHOP_DATABASE_URL"] = database.url }
        for (name, value) in environment { variables[name] = value }
        return variables.filter { !$0.value.isEmpty }
    }
}
