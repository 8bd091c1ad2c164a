import BankCallbacks
import Foundation
import PureSupport
import TestSupport
import Testing
import Values

@testable import Collection

/// The end of a certificate that a bank signs with is known from the connection on.
@Suite struct CertificateEndTests {
    /// A certificate of some days over a new key, with our own private key after it, as VietinBank's secrets are.
    private func secret(days: Int) throws -> String {
        let (own, folder) = (
            RSAPair.pairs[0], FileManager.default.temporaryDirectory.path + "/khop-\(UUID().uuidString)"
        )
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { do { try FileManager.default.removeItem(atPath: folder) } catch {} }
        let made = try OtherProgram.run(
            "openssl",
            [
                "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", String(days), "-subj", "/CN=bank", "-keyout",
                folder + "/key.pem",
            ]
        )
        return String(decoding: made, as: UTF8.self) + own.privateKey
    }

    private func add(_ name: String, days: Int, _ services: Services) async throws {
        _ = try await services.connections.add(
            name: name,
            profile: .vietinbank,
            account: "0801000567890",
            secret: try secret(days: days),
            signatureHeader: nil
        )
    }

    @Test func `it is listed, warned of from thirty days before, and the newest certificate counts`() async throws {
        try await TestDatabase.withServices { services in
            let now = Instant.now()
            try await add("ctg", days: 12, services)
            try await add("ctg-2", days: 300, services)
            _ = try await services.connections.add(
                name: "bank",
                profile: .standard,
                account: "0801000567890",
                secret: TestSecret.standard(1),
                signatureHeader: nil
            )
            let listed = try await services.connectionSigns.list()
            let days = Dictionary(
                uniqueKeysWithValues: listed.map { ($0.connection.name, $0.certificate(now: now)?.days) }
            )
            #expect([11, 12].contains(days["ctg"] ?? nil) && [299, 300].contains(days["ctg-2"] ?? nil))
            #expect(days["bank"] == .some(nil))
            func finding(_ now: Instant) async throws -> Finding {
                let findings = try await InstallationSigns.read(services.database).findings(now: now)
                return try #require(findings.first { $0.name == "certificates" })
            }
            let warned = try await finding(now)
            #expect(warned.level == .weak && warned.found[.english].hasPrefix("ctg: the bank's certificate ends in"))
            let ended = try await finding(now.adding(seconds: 20 * 86_400))
            #expect(ended.found[.english].contains("ended on"), "\(ended.found)")
            _ = try await services.connections.rotate(
                name: "ctg",
                secret: try secret(days: 200),
                retireOld: false,
                by: TestPerson.finance
            )
            #expect(try await finding(now).level == .ok)
        }
    }
}
