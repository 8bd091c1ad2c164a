import Collection
import Foundation
import PureSupport
import Server
import TestSupport
import Testing
import Values

/// What is told when the server on the other side shows a certificate that has expired.
@Suite(.serialized) struct ExpiredCertificateTests {
    /// A web server that others made: Python's own.
    private static let server = """
        import http.server, ssl, sys
        class Taker(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                self.rfile.read(int(self.headers["Content-Length"]))
                self.send_response(200)
                self.send_header("Content-Length", "0")
                self.end_headers()
        port, folder = int(sys.argv[1]), sys.argv[2]
        server = http.server.ThreadingHTTPServer(("127.0.0.1", port), Taker)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(folder + "/cert.pem", folder + "/key.pem")
        server.socket = context.wrap_socket(server.socket, server_side=True)
        open(folder + "/ready", "w").close()
        server.serve_forever()
        """

    /// A web server with a certificate of its own authority, on a port of its own.
    private func with(days: String, _ body: (_ url: String, _ authority: String) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.path + "/khop-tls-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { do { try FileManager.default.removeItem(atPath: folder) } catch {} }
        func openssl(_ arguments: [String]) async throws { _ = try await OtherProgram.runAside("openssl", arguments) }
        func file(_ name: String) -> String { folder + "/" + name }
        try await openssl([
            "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "30", "-subj", "/CN=Authority", "-keyout",
            file("ca.key"), "-out", file("ca.pem"),
        ])
        try await openssl([
            "req", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=portal", "-keyout", file("key.pem"), "-out",
            file("csr.pem"),
        ])
        try "subjectAltName=IP:127.0.0.1\n".write(toFile: file("ext"), atomically: true, encoding: .utf8)
        // A validity of less than no days has ended already.
        try await openssl([
            "x509", "-req", "-in", file("csr.pem"), "-CA", file("ca.pem"), "-CAkey", file("ca.key"), "-CAcreateserial",
            "-days", days, "-extfile", file("ext"), "-out", file("cert.pem"),
        ])
        let port = try FreePort.find()
        let process = Process()
        process.executableURL = URL(fileURLWithPath: OtherProgram.python)
        process.arguments = ["-c", Self.server, String(port), folder]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        defer { kill(process.processIdentifier, SIGKILL) }
        try await until("the server to listen") { FileManager.default.fileExists(atPath: file("ready")) }
        try await body("https://127.0.0.1:\(port)/events", file("ca.pem"))
    }

    private func answer(_ url: String, _ authority: String?) async -> EventAnswer {
        let message = EventMessage(url: url, headers: [], body: Array("{}".utf8), timeout: .seconds(60))
        return await WebhookSender(EventNetworks(allowsLoopback: true), authorities: authority).send(message)
    }

    @Test func `an expired certificate is told apart from one that nobody trusts`() async throws {
        try await with(days: "-1") { url, authority in
            #expect(await answer(url, authority) == .expired)
        }
        try await with(days: "2") { url, authority in
            #expect(await answer(url, authority) == .answered(status: 200))
            guard case .unreachable(let words) = await answer(url, nil) else {
                Issue.record("nobody vouches for it")
                return
            }
            #expect(words.contains("certificate"), "\(words)")
        }
    }
}
