import Foundation
import PureSupport
import Testing

/// The examples of proxies in ops/deploy are read by the proxies themselves.
@Suite struct ProxyFileTests {
    private func inFolder(_ body: (String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.path + "/khop-proxy-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { do { try FileManager.default.removeItem(atPath: folder) } catch {} }
        try body(folder)
    }

    @Test func `nginx takes its example`() throws {
        try inFolder { folder in
            _ = try OtherProgram.run(
                "openssl",
                [
                    "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=pay.example.vn",
                    "-keyout", "\(folder)/key", "-out", "\(folder)/pem",
                ]
            )
            let text = try String(contentsOfFile: Repository.root + "/ops/deploy/nginx.conf", encoding: .utf8)
                .replacing("/etc/ssl/certs/pay.example.vn.pem", with: "\(folder)/pem")
                .replacing("/etc/ssl/private/pay.example.vn.key", with: "\(folder)/key")
            try text.write(toFile: "\(folder)/khop.conf", atomically: true, encoding: .utf8)
            let whole =
                "pid \(folder)/pid; error_log \(folder)/log; events {} http { access_log off; include \(folder)/khop.conf; }"
            try whole.write(toFile: "\(folder)/nginx.conf", atomically: true, encoding: .utf8)
            let ended = try OtherProgram.finish("/usr/sbin/nginx", ["-t", "-c", "\(folder)/nginx.conf"])
            #expect(ended.status == 0, "\(String(decoding: ended.errors, as: UTF8.self))")
            #expect(!String(decoding: ended.errors, as: UTF8.self).contains("[warn]"))
        }
    }

    @Test func `Caddy takes its example`() throws {
        let file = Repository.root + "/ops/deploy/Caddyfile"
        let ended = try OtherProgram.finish(
            "/usr/bin/caddy",
            ["validate", "--adapter", "caddyfile", "--config", file],
            environment: ["HOME": FileManager.default.temporaryDirectory.path]
        )
        #expect(ended.status == 0, "\(String(decoding: ended.errors, as: UTF8.self))")
    }
}
