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

    /// What `swift build --build-tests` makes.
    public static let path = Repository.root + "/.build/debug/khop"

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
        let process = Process()
        process.executableURL = URL(fileURLWithPath: KhopProgram.path)
        process.arguments = arguments
        process.environment = variables.filter { !$0.value.isEmpty }
        // Files and not pipes: a pipe that nobody reads while the program runs fills up.
        let (out, err) = (folder.appendingPathComponent("out"), folder.appendingPathComponent("err"))
        for file in [out, err] { try Data().write(to: file) }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try FileHandle(forWritingTo: out)
        process.standardError = try FileHandle(forWritingTo: err)
        try process.run()
        process.waitUntilExit()
        return Result(
            status: process.terminationStatus,
            output: String(decoding: try Data(contentsOf: out), as: UTF8.self),
            errors: String(decoding: try Data(contentsOf: err), as: UTF8.self)
        )
    }
}
