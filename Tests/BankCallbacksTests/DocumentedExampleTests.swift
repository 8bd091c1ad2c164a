import BankCallbacks
import Foundation
import TestSupport
import Testing
import Values

/// The worked examples of docs/http-api.md, sent as they stand there.
@Suite struct DocumentedExampleTests {
    private struct Example {
        let profile: CallbackProfile
        let secret: String
        let message: SignedMessage
    }

    /// Each example begins with `**profile** · secret `…`` and has its message in a block of `http`.
    private static func examples() throws -> [Example] {
        let page = try String(contentsOfFile: Repository.root + "/docs/http-api.md", encoding: .utf8)
        let start = try #require(page.range(of: "### What is signed, by example"))
        let section = page[start.upperBound...]
        let head = try Regex(#"\*\*([\w-]+)\*\* · secret `([^`]+)`"#, as: (Substring, Substring, Substring).self)
        return try section.matches(of: head).map { match in
            let profile = try #require(CallbackProfile(rawValue: String(match.output.1)))
            let rest = section[match.range.upperBound...]
            let block = try #require(rest.range(of: "```http\n"))
            let end = try #require(rest.range(of: "\n```", range: block.upperBound..<rest.endIndex))
            let text = rest[block.upperBound..<end.lowerBound]
            return Example(profile: profile, secret: String(match.output.2), message: try message(String(text)))
        }
    }

    private static func message(_ text: String) throws -> SignedMessage {
        let halves = text.split(separator: "\n\n", maxSplits: 1, omittingEmptySubsequences: false)
        let lines = halves[0].split(separator: "\n")
        let words = try #require(lines.first).split(separator: " ")
        let address = words[1].split(separator: "?", maxSplits: 1)
        return SignedMessage(
            method: String(words[0]),
            path: String(address[0]),
            query: address.count > 1 ? String(address[1]) : "",
            headers: try lines.dropFirst().map { line in
                let colon = try #require(line.range(of: ": "))
                return (String(line[..<colon.lowerBound]), String(line[colon.upperBound...]))
            },
            body: halves.count > 1 ? Array(halves[1].utf8) : []
        )
    }

    @Test func `every profile's example is taken, and means what it says`() throws {
        let examples = try Self.examples()
        // An example of VietinBank would hold a private key.
        #expect(Set(examples.map(\.profile)) == Set(CallbackProfile.allCases).subtracting([.vietinbank]))
        for example in examples {
            let settings = ConnectionSettings(
                name: "my-bank",
                profile: example.profile,
                secrets: [try CallbackSecret(profile: example.profile, text: example.secret)],
                accountNumber: "0801000567890"
            )
            let now = Instant(unixSeconds: 1_795_228_200)
            let notice = Providers.judge(example.message, settings, now: now).notice
            #expect(notice?.amount == Money(10_000) && notice?.isSuccess == true, "\(example.profile)")
            let told = [notice?.reference, notice?.memo].compactMap { $0 }.joined(separator: " ")
            #expect(told.contains("RF18539007547034"), "\(example.profile)")
            #expect((notice?.merchant == nil) == (example.profile.merchantField == nil), "\(example.profile)")
        }
    }
}
