import BankCallbacks
import Foundation
import TestSupport
import Testing
import Values

/// The conformance lab names what senders do wrong. The messages are made by Fixtures/signatures/mistakes.py, which shares no
/// code with what is tested.
@Suite struct LabTests {
    private struct Mistake {
        let profile: CallbackProfile
        let name: String
        let report: LabReport
    }

    private static func examine(_ seed: Int, _ count: Int) throws -> [Mistake] {
        let script = Repository.root + "/Fixtures/signatures/mistakes.py"
        let lines = try OtherProgram.run("python3", [script, String(seed), String(count)])
        return try lines.split(separator: UInt8(ascii: "\n")).map { line in
            let json = try JSON.parse(Array(line))
            let profile = try #require(json["profile"]?.string.flatMap(CallbackProfile.init(rawValue:)))
            let secret = try #require(json["secret"]?.string)
            let settings = ConnectionSettings(
                name: "bank",
                profile: profile,
                secrets: [try CallbackSecret(profile: profile, text: secret)],
                accountNumber: json["account"]?.string ?? ""
            )
            let report = CallbackLab.examine(
                CapturedMessage(Array(line)).message,
                connection: settings,
                secrets: [secret],
                now: Instant(unixSeconds: json["now"]?.integer ?? 0)
            )
            return Mistake(profile: profile, name: json["mistake"]?.string ?? "", report: report)
        }
    }

    @Test func `of thousands of messages with one mistake each, 99 in 100 are named right`() throws {
        var random = Seeded("mistakes of senders")
        let mistakes = try Self.examine(Int.random(in: 1...1_000_000, using: &random), 4000)
        var wrong: [String] = []
        for mistake in mistakes {
            let codes = mistake.report.findings.map(\.fault.rawValue)
            let isNamed =
                mistake.name == "none"
                ? mistake.report.isAccepted
                : codes.contains(mistake.name) && codes.count <= 2 && !mistake.report.isAccepted
            if !isNamed { wrong.append("\(mistake.profile.rawValue) \(mistake.name): \(codes)") }
        }
        let share = wrong.count * 100
        #expect(share <= mistakes.count, "\(wrong.count) of \(mistakes.count): \(Set(wrong).sorted().prefix(40))")
        // Every kind of mistake was made.
        #expect(Set(mistakes.map(\.name)).count >= 25)
    }

    @Test func `a message that is right is told so, with what was signed and every field`() throws {
        let message = try Providers.sign(.sepay)
        let report = CallbackLab.examine(
            message,
            connection: try Providers.settings(.sepay),
            secrets: [Providers.secret(.sepay)],
            now: Providers.now
        )
        #expect(report.isVerified && report.isAccepted && report.findings.isEmpty)
        let body = String(decoding: message.body, as: UTF8.self)
        #expect(report.signed == "\(Providers.now.unixSeconds).\(body)")
        #expect(report.readings.contains { $0.name == "transferAmount" && $0.value == "115000" })
    }

    @Test func `without a secret it is told what ought to be signed, and nothing is judged`() throws {
        let message = try Providers.sign(.vnptpay)
        var settings = try Providers.settings(.vnptpay)
        settings.secrets = []
        let report = CallbackLab.examine(message, connection: settings, secrets: [], now: Providers.now)
        #expect(!report.isChecked && report.json["verified"] == .null)
        #expect(report.signed?.hasSuffix("|‹secret›") == true)
    }

    @Test func `no report shows a secret, or a signature that was not in the message`() throws {
        for profile in CallbackProfile.allCases where profile != .vietinbank {
            let secret = Providers.secret(profile)
            let message = try Providers.sign(.init(profile: profile, secret: Providers.secret(profile, 2)))
            let right = try Providers.sign(profile)
            let report = CallbackLab.examine(
                message,
                connection: try Providers.settings(profile),
                secrets: [secret],
                now: Providers.now
            )
            #expect(!report.isVerified, "\(profile)")
            let told = report.json.serialized
            #expect(!told.contains(secret), "\(profile)")
            // The signature that would have been right, wherever it stands.
            for header in right.headers where !message.headers.contains(where: { $0 == header }) {
                #expect(!told.contains(header.value), "\(profile)")
            }
        }
    }

    /// Who could ask whether the beginning of a signature is right would find it out byte by byte.
    @Test func `less than half of a signature is a wrong secret, however right it is`() throws {
        let message = try Providers.sign(.sepay)
        let place = try #require(message.headers.firstIndex { $0.name == "x-sepay-signature" })
        let whole = message.headers[place].value
        let digits = try #require(whole.split(separator: "=").last)
        for bytes in 1...32 {
            var cut = message
            cut.headers[place].value = whole.replacing(digits, with: digits.prefix(2 * bytes))
            let report = CallbackLab.examine(
                cut,
                connection: try Providers.settings(.sepay),
                secrets: [Providers.secret(.sepay)],
                now: Providers.now
            )
            let expected: [LabFault] = bytes == 32 ? [] : bytes < 16 ? [.wrongSecret] : [.signatureCut]
            #expect(report.findings.map(\.fault) == expected, "\(bytes)")
        }
    }

    @Test func `the secret of another connection is found by its name`() throws {
        let message = try Providers.sign(.init(profile: .payos, secret: Providers.secret(.payos, 3)))
        let report = CallbackLab.examine(
            message,
            connection: try Providers.settings(.payos),
            secrets: [Providers.secret(.payos)],
            others: [("acb", Providers.secret(.payos, 2)), ("vcb", Providers.secret(.payos, 3))],
            now: Providers.now
        )
        #expect(report.findings.map(\.fault) == [.otherConnectionsSecret] && report.findings[0].field == "vcb")
    }

    @Test func `a message of another profile is told to be one`() throws {
        let secret = "a secret of somebody"
        let message = try Providers.sign(.init(profile: .sepay, secret: secret))
        let settings = ConnectionSettings(
            name: "bank",
            profile: .timestamped,
            secrets: [try CallbackSecret(profile: .timestamped, text: secret)],
            accountNumber: Providers.account
        )
        let report = CallbackLab.examine(message, connection: settings, secrets: [secret], now: Providers.now)
        #expect(report.findings.map(\.fault) == [.otherProfile] && report.fits == [.sepay])
    }

    @Test func `a request is read as it was captured`() {
        let body = #"{"a": 1}"#
        let http = "POST /v1/callbacks/x?b=c HTTP/1.1\r\nHost: khop.test\r\nX-Signature: t=1,v1=00\r\n\r\n\(body)"
        let read = CapturedMessage(Array(http.utf8)).message
        #expect(read.method == "POST" && read.path == "/v1/callbacks/x" && read.query == "b=c")
        #expect(read.authority == "khop.test" && read.body == Array(body.utf8))
        #expect(read.headers.contains { $0.name == "x-signature" && $0.value == "t=1,v1=00" })
        let bare = CapturedMessage(Array(body.utf8), headers: [("X-One", "2")]).message
        #expect(bare.body == Array(body.utf8) && bare.headers.contains { $0.name == "x-one" && $0.value == "2" })
        let query = CapturedMessage(Array("?vnp_A=1&vnp_B=2\n".utf8), isByGET: true).message
        #expect(query.method == "GET" && query.query == "vnp_A=1&vnp_B=2" && query.body.isEmpty)
        for garbage in [[], [0xFF, 0xFE], Array("GET".utf8), Array("POST /\n".utf8), Array("{".utf8)] as [[UInt8]] {
            _ = CapturedMessage(garbage)
        }
    }
}
