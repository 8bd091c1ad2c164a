public import Foundation

/// Runs other programs: the independent implementations that tests compare with.
public enum OtherProgram {
    public struct Failure: Error, CustomStringConvertible {
        public let description: String
    }

    /// The Python with the packages that ops/test installs.
    public static var python: String { ProcessInfo.processInfo.environment["KHOP_TEST_PYTHON"] ?? "/usr/bin/python3" }

    /// Runs a program that talks to a server of this process. It is waited for on a thread of its own: the few threads that
    /// tests and server share must not all wait for an answer that nobody is left to give.
    public static func runAside(_ program: String, _ arguments: [String], input: Data = Data()) async throws -> Data {
        try await aside { try run(program, arguments, input: input) }
    }

    /// Does what waits, on a thread of its own.
    public static func aside<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread { continuation.resume(with: Swift.Result { try body() }) }
        }
    }

    /// Runs a program to its end and returns its standard output; anything but exit code 0 is an error.
    public static func run(_ program: String, _ arguments: [String], input: Data = Data()) throws -> Data {
        let ended = try finish(
            program.hasPrefix("/") ? program : "/usr/bin/env",
            program.hasPrefix("/") ? arguments : [program] + arguments,
            input: input
        )
        guard ended.status == 0 else {
            let told = String(decoding: ended.errors, as: UTF8.self)
            throw Failure(description: "\(program) ended with \(ended.status): \(told.suffix(2000))")
        }
        return ended.output
    }

    /// What a program left when it ended.
    public struct Ended: Sendable {
        public let status: Int32
        public let output: Data
        public let errors: Data
    }

    /// Runs a program to its end, whatever its exit code.
    ///
    /// - Parameter environment: its whole environment; `nil` for the environment of the tests.
    public static func finish(
        _ path: String,
        _ arguments: [String],
        environment: [String: String]? = nil,
        input: Data = Data()
    ) throws -> Ended {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("khop-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { do { try FileManager.default.removeItem(at: folder) } catch {} }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        if let environment { process.environment = environment }
        // Files and not pipes: a pipe that nobody reads while the program runs fills up.
        let (inPath, outPath, errPath) = (
            folder.appendingPathComponent("in"), folder.appendingPathComponent("out"),
            folder.appendingPathComponent("err")
        )
        try input.write(to: inPath)
        for path in [outPath, errPath] { try Data().write(to: path) }
        process.standardInput = try FileHandle(forReadingFrom: inPath)
        process.standardOutput = try FileHandle(forWritingTo: outPath)
        process.standardError = try FileHandle(forWritingTo: errPath)
        try process.run()
        process.waitUntilExit()
        return Ended(
            status: process.terminationStatus,
            output: try Data(contentsOf: outPath),
            errors: try Data(contentsOf: errPath)
        )
    }
}
