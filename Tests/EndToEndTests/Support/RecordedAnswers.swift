import Foundation
import Synchronization
import TestSupport
import Values

/// What the server answered to the calls of a test, to be compared with the document of the API by another program.
final class RecordedAnswers: Sendable {
    /// Of the test that is running; `nil` where nobody compares.
    @TaskLocal static var current: RecordedAnswers?

    private let lines = Mutex<[String]>([])

    var count: Int { lines.withLock(\.count) }

    func add(_ method: String, _ path: String, _ answer: LiveServer.Answer) {
        let type = answer.headers["content-type"] ?? ""
        let isText = type.contains("json")
        let line: JSON = [
            "method": .string(method), "path": .string(path), "status": .integer(Int64(answer.status)),
            "type": .string(type), "body": .string(isText ? answer.text : ""),
        ]
        lines.withLock { $0.append(line.serialized) }
    }

    /// Writes them into a file, one JSON a line; returns its path, which the caller removes.
    func file() throws -> String {
        let path = FileManager.default.temporaryDirectory.path + "/khop-answers-\(UUID().uuidString).jsonl"
        let text = lines.withLock { $0.joined(separator: "\n") }
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        return path
    }
}
