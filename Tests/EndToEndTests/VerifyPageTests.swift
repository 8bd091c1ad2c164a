import Collection
import Cryptography
import Foundation
import TestSupport
import Testing
import Values

/// The page on which anybody checks a proof, in a real browser.
@Suite(.serialized) struct VerifyPageTests {
    @Test(arguments: [("vi", "✓ Đúng", "✗ Mục hoặc chứng cứ"), ("en", "✓ Right", "✗ The entry or the proof")])
    func `a payer's proof is right, and a changed entry is not`(_ language: String, _ right: String, _ wrong: String)
        async throws
    {
        var options = ServiceOptions(publicURL: "http://127.0.0.1:1")
        options.sealing = SealingOptions(key: .random())
        try await TestDatabase.withServices(options: options) { services in
            try await LiveServer.over(services) { server in
                _ = try await services.sealer?.sealAll()
                let proved = try await services.sealProver.prove("row_version", id: 1)
                try await Browser.with(language: language) { browser in
                    for (entry, answer) in [
                        (proved.entry, right), (proved.entry + " ", right), ("x" + proved.entry, wrong),
                    ] {
                        try await browser.open(server.baseURL + "/verify")
                        try await browser.type(entry, into: "[name=entry]")
                        try await browser.type(proved.proof.text, into: "[name=proof]")
                        try await browser.click("main button")
                        try await until("an answer") { try await !browser.text("[role=status]").isEmpty }
                        #expect(try await browser.text("[role=status]").hasPrefix(answer))
                    }
                    for size in Browser.Size.allCases {
                        try await browser.resize(size)
                        let (page, window) = try await browser.widths()
                        #expect(page <= window, "\(page) wide at \(window)")
                        try await browser.photograph("verify-\(language)-\(size.rawValue)")
                    }
                    #expect(try await browser.complaints().isEmpty)
                }
            }
        }
    }
}
