import Collection
import Cryptography
import Foundation
import PureSupport
import TestSupport
import Testing
import Values

/// The examples of docs/examples, run with an event that the server really sent, where their language is on the machine.
@Suite struct EventExampleTests {
    /// How each is run; Python's is always there.
    private static let programs: [(program: String, file: String)] = [
        (OtherProgram.python, "verify_event.py"), ("/usr/bin/node", "verify-event.mjs"),
        ("/usr/bin/java", "VerifyEvent.java"), ("/usr/bin/php", "verify_event.php"),
    ]

    /// What a receiver has of an event.
    private struct Message: Sendable {
        var secret: String
        var id: String
        var timestamp: String
        var signatures: String
        var body: [UInt8]
    }

    @Test func `every example takes what the server sent, and nothing that was changed`() async throws {
        try await EventReceiver.with { receiver in
            try await LiveServer.with { server in
                let calls = try await RecordedCalls(server)
                let endpoint: JSON = ["name": "portal", "url": .string(receiver.url())]
                let added = try await server.send("POST", "/v1/event-endpoints", key: calls.admin, json: endpoint)
                _ = try await calls.overpaid("FT1")
                try await until { receiver.received.count >= 1 }
                let got = receiver.received[0]
                let message = Message(
                    secret: try #require(try added.json["secret"]?.string),
                    id: try #require(got.headers["webhook-id"]),
                    timestamp: try #require(got.headers["webhook-timestamp"]),
                    signatures: try #require(got.headers["webhook-signature"]),
                    body: got.body
                )
                var count = 0
                for (program, file) in Self.programs where FileManager.default.fileExists(atPath: program) {
                    try await Self.check(program, file, message)
                    count += 1
                }
                #expect(count >= 1)
            }
        }
    }

    private static func check(_ program: String, _ file: String, _ message: Message) async throws {
        func run(_ change: (inout Message) -> Void) async throws -> OtherProgram.Ended {
            var made = message
            change(&made)
            let changed = made
            return try await OtherProgram.aside {
                try OtherProgram.finish(
                    program,
                    [Repository.root + "/docs/examples/" + file, changed.id, changed.timestamp, changed.signatures],
                    environment: ["PATH": "/usr/bin:/bin", "WEBHOOK_SECRET": changed.secret],
                    input: Data(changed.body)
                )
            }
        }
        let taken = try await run { _ in }
        let printed = String(decoding: taken.output, as: UTF8.self)
        let type = try #require(try JSON.parse(message.body)["type"]?.string)
        #expect(taken.status == 0 && printed.contains(type), "\(file): \(printed)")
        // While a secret is changed there are two signatures.
        let second = try await run { $0.signatures = "v1,AAAA " + $0.signatures }
        #expect(second.status == 0, "\(file)")
        for (what, change) in [
            ("the body", { $0.body.append(32) }), ("the id", { $0.id += "0" }),
            ("another secret", { $0.secret = "whsec_" + Data(randomBytes(32)).base64EncodedString() }),
            ("another scheme", { $0.signatures = $0.signatures.replacing("v1,", with: "v2,") }),
            ("an old one", { $0.timestamp = String((Int($0.timestamp) ?? 0) - 3600) }),
            ("no time", { $0.timestamp = "now" }),
        ] as [(String, (inout Message) -> Void)] {
            let refused = try await run(change)
            #expect(refused.status == 1, "\(file) takes \(what)")
        }
    }
}
