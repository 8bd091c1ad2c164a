import Foundation
import PureSupport
import Server
import TestSupport
import Testing
import Values

/// A mail server that others made, on a port of its own: PyPI's `aiosmtpd`, by `Fixtures/mail/server.py`.
struct MailHost {
    let port: Int
    let folder: String

    /// - Parameters:
    ///   - mode: what it does with letters; see the program.
    ///   - host: where it listens.
    static func with(_ mode: String, host: String = "127.0.0.1", _ body: (MailHost) async throws -> Void) async throws {
        try await run("server.py", [mode, host]) { try await body(MailHost(port: $0, folder: $1)) }
    }

    /// Runs a program of `Fixtures/mail` beside a test.
    static func run(
        _ program: String,
        _ arguments: [String],
        _ body: (_ port: Int, _ folder: String) async throws -> Void
    ) async throws {
        let folder = FileManager.default.temporaryDirectory.path + "/khop-mail-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { do { try FileManager.default.removeItem(atPath: folder) } catch {} }
        if arguments.first == "tls" {
            let subject = [
                "-subj", "/CN=mail.test", "-addext",
                "subjectAltName=IP:127.0.0.1,DNS:\(ProcessInfo.processInfo.hostName)",
            ]
            _ = try await OtherProgram.runAside(
                "openssl",
                [
                    "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-keyout", folder + "/key.pem",
                    "-out",
                    folder + "/cert.pem",
                ] + subject
            )
        }
        let port = try FreePort.find()
        let process = Process()
        process.executableURL = URL(fileURLWithPath: OtherProgram.python)
        process.arguments = [Repository.root + "/Fixtures/mail/" + program, String(port), folder] + arguments
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        defer { kill(process.processIdentifier, SIGKILL) }
        try await until("the program to listen") { FileManager.default.fileExists(atPath: folder + "/ready") }
        try await body(port, folder)
    }

    /// The server as khop is told of it.
    func server(_ scheme: String = "smtp", host: String = "127.0.0.1") throws -> MailServer {
        var server = try #require(MailServer("\(scheme)://\(host):\(port)", from: "khong-tra-loi@laocai.example.vn"))
        server.timeout = .seconds(60)
        return server
    }

    /// What it took, in order, as a mail program reads it.
    func letters() throws -> [JSON] {
        let names = try FileManager.default.contentsOfDirectory(atPath: folder)
        return try (1...100).compactMap { number in
            guard names.contains("letter-\(number).json") else { return nil }
            return try JSON.parse(Array(Data(contentsOf: URL(fileURLWithPath: "\(folder)/letter-\(number).json"))))
        }
    }
}
