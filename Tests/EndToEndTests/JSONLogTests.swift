import Collection
import Foundation
import Logging
import PureSupport
import Synchronization
import TestSupport
import Testing
import Values

@testable import Server

/// The log as lines of JSON, for programs that gather logs.
@Suite struct JSONLogTests {
    private final class Lines: Sendable {
        let all = Mutex<[String]>([])
    }

    private func logged(_ body: (inout Logger) -> Void) throws -> [JSON] {
        let lines = Lines()
        var logger = Logger(label: "khop") { label in
            JSONLogHandler(label: label) { line in lines.all.withLock { $0.append(line) } }
        }
        body(&logger)
        return try lines.all.withLock { $0 }.map { line in
            #expect(line.hasSuffix("\n") && !line.dropLast().contains("\n"), "\(line)")
            return try JSON.parse(line)
        }
    }

    @Test func `a message is one line with its level, time and metadata`() throws {
        let lines = try logged { logger in
            logger[metadataKey: "server"] = "a"
            logger.debug("not shown")
            logger.warning(
                "a \"quoted\"\nline",
                metadata: ["error": "x\u{1}y", "tried": ["1", "2"], "where": ["port": "\(8080)"], "server": "b"]
            )
            logger.info("plain")
        }
        let first = try #require(lines.first)
        #expect(first["level"] == "warning" && first["logger"] == "khop" && first["message"] == "a \"quoted\"\nline")
        #expect(first["source"] == "EndToEndTests" && first["time"]?.string.flatMap { Instant($0) } != nil)
        #expect(first["metadata"]?["error"] == "x\u{1}y" && first["metadata"]?["tried"] == ["1", "2"])
        #expect(first["metadata"]?["where"]?["port"] == "8080" && first["metadata"]?["server"] == "b")
        #expect(lines.count == 2 && lines.last?["metadata"]?["server"] == "a")
    }

    @Test func `the service writes its log as lines of JSON when it is told to`() async throws {
        try await TestDatabase.withServices { services in
            let khop = KhopProgram(services.database.pool.options)
            let refused = try await khop.runAside(["serve", "--allow-root"], ["KHOP_LOG_FORMAT": "xml"])
            #expect(refused.status != 0 && refused.errors.contains("KHOP_LOG_FORMAT"))
            let program = try khop.start(
                ["serve", "--port", "0", "--allow-root"],
                [
                    "KHOP_LOG_FORMAT": "json", "KHOP_SECRET_KEY": SecretBox.newKeyBase64(), "KHOP_METRICS_PORT": "0",
                    "KHOP_PUBLIC_URL": "http://127.0.0.1:1",
                ]
            )
            defer { program.kill() }
            try await until("the service says where it listens") { try program.errors.contains("\"listening\"") }
            for line in try program.errors.split(separator: "\n") {
                #expect(try JSON.parse(String(line))["message"]?.string != nil, "\(line)")
            }
        }
    }
}
