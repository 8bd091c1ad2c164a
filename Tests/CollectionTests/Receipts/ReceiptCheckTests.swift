import Collection
import Foundation
import TestSupport
import Testing
import Values

/// Goal: `khop receipt check` says what it proved and what it did not. Method: a signed receipt, forged where the sealed
/// history says nothing, checked with and without the signer's certificate.
@Suite struct ReceiptCheckTests {
    private let folder: String

    init() throws {
        folder = FileManager.default.temporaryDirectory.path + "/khop-check-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    /// A key and its certificate, by their paths.
    private func signer(_ name: String) throws -> (key: String, certificate: String) {
        let (key, certificate) = ("\(folder)/\(name).key.pem", "\(folder)/\(name).pem")
        let arguments = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=\(name)"]
        _ = try OtherProgram.run("openssl", arguments + ["-keyout", key, "-out", certificate])
        return (key, certificate)
    }

    private func bytes(_ path: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(fileURLWithPath: path))) }

    @Test func `what only the signature proves is proved with its certificate alone`() async throws {
        defer { do { try FileManager.default.removeItem(atPath: folder) } catch {} }
        let (own, other) = (try signer("AGENCY"), try signer("OTHER"))
        var options = ServiceOptions(publicURL: "https://pay.example.vn")
        options.sealing = SealingOptions(key: .random())
        options.receiptSigning = try ReceiptSigning(
            key: bytes(own.key),
            certificate: bytes(own.certificate),
            name: "SỞ TƯ PHÁP"
        )
        try await TestDatabase.withServices(options: options) { services in
            let desk = try await Desk(services)
            let request = try await ReceiptTests.registration(desk, payer: "Nguyễn Thị Ánh")
            #expect(try await desk.settle("T1", 150_000, request.reference) == .settled)
            let receipt = try #require(try await services.receipts.list(of: request.id).first)
            _ = try await services.sealer?.sealAll()
            let right = try await services.receipts.xml(receipt)
            let forged = Array(String(decoding: right, as: UTF8.self).replacing("Thị Ánh", with: "Thị Em").utf8)
            #expect(forged != right)
            let key = try #require(services.sealPublicKey)
            func check(_ xml: [UInt8], _ certificate: String?) async throws -> (status: Int32, text: String) {
                let file = "\(folder)/receipt.xml"
                try Data(xml).write(to: URL(fileURLWithPath: file))
                let trusted = certificate.map { ["--trusted-pem", $0] } ?? []
                let ended = try await KhopProgram().runAside(["receipt", "check", file, "--key", key] + trusted)
                return (ended.status, ended.output + ended.errors)
            }
            let unsigned = try await check(right, nil)
            #expect(unsigned.status == 0 && unsigned.text.contains("Not proved: form and serial, payer"), "\(unsigned)")
            let signed = try await check(right, own.certificate)
            #expect(signed.status == 0 && signed.text.contains("Its digital signature is right"), "\(signed)")
            // The history has no payer: without the certificate nobody can tell.
            #expect(try await check(forged, nil).status == 0)
            for (xml, certificate) in [(forged, own.certificate), (right, other.certificate)] {
                let wrong = try await check(xml, certificate)
                #expect(wrong.status == 1 && wrong.text.contains("not of a trusted signer"), "\(wrong)")
            }
            let noCertificate = try await check(right, own.key)
            #expect(noCertificate.status != 0 && noCertificate.text.contains("--trusted-pem"), "\(noCertificate)")
        }
    }
}
