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
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread {
                continuation.resume(with: Swift.Result { try run(program, arguments, input: input) })
            }
        }
    }

    /// Runs a program to its end and gives its standard output; anything but exit code 0 is an error.
    public static func run(_ program: String, _ arguments: [String], input: Data = Data()) throws -> Data {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("khop-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { do { try FileManager.default.removeItem(at: folder) } catch {} }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program.hasPrefix("/") ? program : "/usr/bin/env")
        process.arguments = program.hasPrefix("/") ? arguments : [program] + arguments
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
        guard process.terminationStatus == 0 else {
            let told = String(decoding: try Data(contentsOf: errPath), as: UTF8.self)
            throw Failure(description: "\(program) ended with \(process.terminationStatus): \(told.suffix(2000))")
        }
        return try Data(contentsOf: outPath)
    }
}
