import Foundation

/// A program that runs beside the test.
public final class StartedProgram: Sendable {
    private let process = Process()
    private let folder: URL

    init(_ path: String, _ arguments: [String], _ environment: [String: String], _ folder: URL) throws {
        self.folder = folder
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.environment = environment
        process.standardOutput = FileHandle.nullDevice
        // A file and not a pipe: a pipe that nobody reads fills up.
        let path = folder.appendingPathComponent("errors")
        try Data().write(to: path)
        process.standardError = try FileHandle(forWritingTo: path)
        try process.run()
    }

    deinit {
        kill()
        do { try FileManager.default.removeItem(at: folder) } catch {}
    }

    public var isRunning: Bool { process.isRunning }

    /// How it ended; `nil` while it runs.
    public var status: Int32? { process.isRunning ? nil : process.terminationStatus }

    /// What it has written to standard error until now.
    public var errors: String {
        get throws { try String(contentsOf: folder.appendingPathComponent("errors"), encoding: .utf8) }
    }

    /// Ends it with SIGKILL, and returns once it has ended.
    public func kill() {
        guard process.isRunning else { return }
        _ = Foundation.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }
}
