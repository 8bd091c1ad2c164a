import Collection
import Foundation
import PureSupport
import TestSupport
import Testing
import Values

/// Addresses, methods, parameters and transfer codings that are wrong.
@Suite struct RequestEdgeTests {
    @Test(arguments: [
        "/v1/payment-requests?dossier_code=%00", "/v1/payment-requests?reference=a%00", "/v1/events?subject=%00",
        "/v1/cases?assignee=%00", "/v1/reports/reconciliation?account=%00&day=2026-11-25", "/pay/a%00b",
    ])
    func `a NUL in an address is refused and names its parameter`(_ path: String) async throws {
        try await LiveServer.with { server in
            let answer = try await server.send("GET", path, key: try await server.key(.admin))
            #expect(answer.status == 400, "\(answer.text)")
            let name = path.split(separator: "?").dropFirst().first?.split(separator: "=").first.map { String($0) }
            #expect(try answer.json["errors"]?.array?.first?["pointer"]?.string == name ?? "path")
        }
    }

    @Test(arguments: [
        "/v1/payment-requests?dossier_code=D&", "/v1/events?", "/v1/refunds?", "/v1/cases?",
        "/v1/reports/non-cash-rates/payments?period=2026&", "/v1/reports/decision766/dossiers?period=2026&",
    ])
    func `a limit outside its bounds is refused with the bounds, everywhere the same`(_ path: String) async throws {
        try await LiveServer.with { server in
            let admin = try await server.key(.admin)
            for limit in ["-4660", "0", "501", "abc", "1.5", "99999999999999999999"] {
                let answer = try await server.send("GET", "\(path)limit=\(limit)", key: admin)
                #expect(answer.status == 400, "\(path) \(limit): \(answer.text)")
                #expect(try answer.json["detail"] == "limit: must be a whole number from 1 to 500")
            }
            for limit in ["1", "500"] {
                #expect(try await server.send("GET", "\(path)limit=\(limit)", key: admin).status == 200)
            }
        }
    }

    @Test func `a cursor that no page returned is refused`() async throws {
        try await LiveServer.with { server in
            let admin = try await server.key(.admin)
            for path in ["/v1/payment-requests?dossier_code=D&", "/v1/events?", "/v1/refunds?", "/v1/cases?"] {
                #expect(try await server.send("GET", "\(path)cursor=x.y", key: admin).status == 400, "\(path)")
            }
        }
    }

    @Test func `another method at an address that exists is 405 and names those that it takes`() async throws {
        try await LiveServer.with { server in
            for (method, path, allowed) in [
                ("DELETE", "/v1/quotes", "POST"), ("PUT", "/v1/payment-requests", "GET, HEAD, POST"),
                ("POST", "/healthz", "GET, HEAD"), ("OPTIONS", "/v1/cases", "GET, HEAD"),
            ] {
                let answer = try await server.send(method, path)
                #expect(answer.status == 405, "\(method) \(path)")
                #expect(answer.headers["allow"] == allowed)
                #expect(try answer.json["type"] == "urn:khop:problem:method-not-allowed")
            }
            #expect(try await server.send("DELETE", "/nothing").status == 404)
        }
    }

    @Test func `HEAD answers like GET, without the body`() async throws {
        try await LiveServer.with { server in
            let finance = try await server.key(.finance)
            let path = "/v1/reports/non-cash-rates?period=2026&format=csv"
            let (get, head) = (
                try await server.send("GET", path, key: finance), try await server.send("HEAD", path, key: finance)
            )
            #expect(get.status == 200 && head.status == 200)
            #expect(head.headers["content-type"] == get.headers["content-type"])
            #expect(head.body.isEmpty && !get.body.isEmpty)
        }
    }

    /// A request written by hand, for what no client sends.
    private func status(of request: String, _ server: LiveServer) async throws -> String {
        let script = """
            import socket, sys
            s = socket.create_connection(("127.0.0.1", int(sys.argv[1])), timeout=300)
            s.sendall(sys.stdin.buffer.read())
            print(s.recv(4096).split(b"\\r\\n")[0].decode())
            """
        let port = String(server.baseURL.split(separator: ":").last ?? "")
        let printed = try await OtherProgram.runAside("python3", ["-c", script, port], input: Data(request.utf8))
        return String(decoding: printed, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    }

    @Test func `a body that is not valid HTTP is the caller's fault`() async throws {
        try await LiveServer.with { server in
            let key = try await server.key(.portal)
            let head = "POST /v1/quotes HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer \(key)\r\n"
            for request in [
                head + "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
                head + "Transfer-Encoding: xchunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
            ] {
                #expect(try await status(of: request, server).hasPrefix("HTTP/1.1 400"), "\(request)")
            }
        }
    }
}
