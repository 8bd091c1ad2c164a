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
        process.standardError = FileHandle.nullDevice
        try process.run()
    }

    deinit {
        kill()
        do { try FileManager.default.removeItem(at: folder) } catch {}
    }

    public var isRunning: Bool { process.isRunning }

    /// Ends it with SIGKILL, and returns once it has ended.
    public func kill() {
        guard process.isRunning else { return }
        _ = Foundation.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }
}
