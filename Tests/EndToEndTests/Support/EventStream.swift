import Foundation
import PureSupport
import Testing
import Values

/// A page's stream of events, read by curl as it comes.
final class EventStream: Sendable {
    private let program: Process
    private let path: String

    /// - Parameter address: whole, with the version that the page shows.
    init(_ address: String) throws {
        path = FileManager.default.temporaryDirectory.path + "/khop-events-\(UUID().uuidString)"
        try Data().write(to: URL(fileURLWithPath: path))
        program = Process()
        program.executableURL = URL(fileURLWithPath: "/usr/bin/curl")
        program.arguments = ["-sN", "-D", path + ".head", "--max-time", "300", address]
        program.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
        try program.run()
    }

    var text: String { get throws { try String(contentsOfFile: path, encoding: .utf8) } }
    var head: String { get throws { try String(contentsOfFile: path + ".head", encoding: .utf8) } }
    var isOver: Bool { !program.isRunning }

    /// The news so far.
    var news: [JSON] {
        get throws {
            try text.split(separator: "\n").filter { $0.hasPrefix("data: ") }.map {
                try JSON.parse(Array($0.dropFirst("data: ".count).utf8))
            }
        }
    }

    /// Waits until the server has answered.
    func answered() async throws {
        try await until("the stream") {
            let hasBegun = try text.hasPrefix("retry:")
            return FileManager.default.fileExists(atPath: path + ".head") && (hasBegun || isOver)
        }
    }

    func end() {
        // It may have been started with other signals held back.
        if program.isRunning { kill(program.processIdentifier, SIGKILL) }
        for file in [path, path + ".head"] {
            do { try FileManager.default.removeItem(atPath: file) } catch {}
        }
    }
}
