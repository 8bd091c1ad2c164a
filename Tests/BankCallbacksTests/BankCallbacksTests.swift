import BankCallbacks
import Foundation
import TestSupport
import Testing
import Values

@Suite struct BankCallbacksTests {
    private static let account = "0801000567890"
    private static let now = Instant("2026-11-21T09:30:00+07:00")!

    private func settings(_ profile: CallbackProfile, _ secrets: [String]) throws -> ConnectionSettings {
        ConnectionSettings(
            name: "bank",
            profile: profile,
            secrets: try secrets.map { try CallbackSecret(profile: profile, text: $0) },
            accountNumber: Self.account
        )
    }

    private static func body(_ changes: KeyValuePairs<String, JSON> = [:]) -> [UInt8] {
        var members: [JSON.Member] = [
            .init("transaction_id", "FT1"), .init("amount", 115_000), .init("currency", "VND"),
            .init("account_number", .string(account)), .init("direction", "credit"), .init("status", "success"),
            .init("occurred_at", "2026-11-21T09:29:58+07:00"), .init("memo", "RF18539007547034"),
        ]
        for (name, value) in changes {
            members.removeAll { $0.name == name }
            members.append(.init(name, value))
        }
        return JSON.object(members).bytes
    }

    /// Signs with the client that the standard's authors publish for Python.
    private func signed(_ body: [UInt8], secret: String, at time: Instant) throws -> SignedMessage {
        let script = """
            import sys,datetime
            from standardwebhooks import Webhook
            t=datetime.datetime.fromtimestamp(int(sys.argv[2]),datetime.timezone.utc)
            print(Webhook(sys.argv[1]).sign('msg_1',t,sys.stdin.buffer.read().decode()))
            """
        let output = try OtherProgram.run(
            OtherProgram.python,
            ["-c", script, secret, String(time.unixSeconds)],
            input: Data(body)
        )
        let signature = String(decoding: output, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        return SignedMessage(
            method: "POST",
            path: "/v1/callbacks/bank",
            headers: [
                ("webhook-id", "msg_1"), ("webhook-timestamp", String(time.unixSeconds)),
                ("webhook-signature", signature),
            ],
            body: body
        )
    }

    private func refusal(_ message: SignedMessage, _ settings: ConnectionSettings, now: Instant = now)
        -> CallbackRefusal.Reason?
    {
        do {
            _ = try CallbackProfile.verify(message, connection: settings, now: now)
            return nil
        } catch { return error.reason }
    }

    @Test func `the published vectors verify`() throws {
        for vector in try JSON.parse(Repository.fixture("signatures/published.json")).array ?? []
        where vector["profile"] == "standard" {
            let settings = try settings(.standard, [try #require(vector["secret"]?.string)])
            let headers = (vector["headers"]?.members ?? []).map { ($0.name, $0.value.string ?? "") }
            let message = SignedMessage(
                method: "POST",
                path: "/",
                headers: headers,
                body: Array(try #require(vector["body"]?.string).utf8)
            )
            let at = Instant(unixSeconds: try #require(vector["valid_at_unix"]?.integer))
            // The signature holds, so the refusal is about the body, which is no notice of ours.
            #expect(refusal(message, settings, now: at) == .fieldMissing)
            #expect(refusal(message, settings, now: at.adding(seconds: 301)) == .timestampOutOfWindow)
            #expect(refusal(message, settings, now: at.adding(seconds: -301)) == .timestampOutOfWindow)
        }
    }

    @Test func `the Stripe form verifies`() throws {
        for vector in try JSON.parse(Repository.fixture("signatures/published.json")).array ?? []
        where vector["profile"] == "stripe" {
            let settings = try settings(.timestamped, [try #require(vector["secret"]?.string)])
            var message = SignedMessage(
                method: "POST",
                path: "/",
                headers: [("x-signature", try #require(vector["header"]?.string))],
                body: Array(try #require(vector["payload"]?.string).utf8)
            )
            let at = Instant(unixSeconds: 1_533_204_620)
            #expect(refusal(message, settings, now: at) == .fieldMissing)
            message.body[5] ^= 1
            #expect(refusal(message, settings, now: at) == .signatureMismatch)
        }
    }

    @Test func `messages of the independent client are read`() throws {
        let secret = "whsec_" + Data((0..<24).map { UInt8($0) }).base64EncodedString()
        let message = try signed(Self.body(), secret: secret, at: Self.now)
        let content = try CallbackProfile.verify(message, connection: settings(.standard, [secret]), now: Self.now)
        guard case .notice(let notice) = content else {
            Issue.record("no notice")
            return
        }
        #expect(notice.transactionID == "FT1" && notice.amount == Money(115_000) && notice.isCredit && notice.isSuccess)
        #expect(notice.occurredAt == Instant("2026-11-21T09:29:58+07:00"))
        #expect(notice.memo == "RF18539007547034" && notice.reference == nil)
    }

    @Test func `either secret of a rotation verifies, and no other`() throws {
        let (old, new) = (
            TestSecret.standard(1),
            TestSecret.standard(2)
        )
        let message = try signed(Self.body(), secret: old, at: Self.now)
        #expect(refusal(message, try settings(.standard, [new, old])) == nil)
        #expect(refusal(message, try settings(.standard, [new])) == .signatureMismatch)
    }

    @Test func `a message changed anywhere is refused`() throws {
        let secret = TestSecret.standard(3)
        let settings = try settings(.standard, [secret])
        let message = try signed(Self.body(), secret: secret, at: Self.now)
        for index in message.body.indices {
            var changed = message
            changed.body[index] ^= 1
            #expect(refusal(changed, settings) == .signatureMismatch)
        }
        for (name, value) in [
            ("webhook-id", "msg_2"), ("webhook-timestamp", String(Self.now.unixSeconds + 1)),
            ("webhook-signature", "v1,AAAA"), ("webhook-signature", "v2,AAAA"), ("webhook-timestamp", "x"),
        ] {
            var changed = message
            changed.headers = changed.headers.map { $0.name == name ? (name, value) : $0 }
            #expect(refusal(changed, settings) != nil, "\(name): \(value)")
        }
        for index in message.headers.indices {
            var changed = message
            changed.headers.remove(at: index)
            #expect(refusal(changed, settings) == .signatureMissing)
            changed = message
            changed.headers.append(changed.headers[index])
            #expect(refusal(changed, settings) == .signatureMissing)
        }
    }

    @Test func `fields that cannot be booked are reported`() throws {
        let secret = TestSecret.standard(4)
        let settings = try settings(.standard, [secret])
        for (changes, field, reason): (KeyValuePairs<String, JSON>, String, CallbackRefusal.Reason) in [
            (["amount": "115000"], "/amount", .fieldInvalid), (["amount": .number("1.5")], "/amount", .fieldInvalid),
            (["amount": .number("-1")], "/amount", .fieldInvalid), (["amount": 0], "/amount", .fieldInvalid),
            (["amount": .number("99999999999999999999")], "/amount", .fieldInvalid),
            (["amount": .null], "/amount", .fieldInvalid),
            (["currency": "USD"], "/currency", .currencyUnsupported),
            (["account_number": "1"], "/account_number", .accountMismatch),
            (["direction": "in"], "/direction", .fieldInvalid), (["status": 1], "/status", .fieldInvalid),
            (["occurred_at": "yesterday"], "/occurred_at", .fieldInvalid),
            (["transaction_id": ""], "/transaction_id", .fieldInvalid),
            (["transaction_id": "a b"], "/transaction_id", .fieldInvalid),
            (["memo": .string(String(repeating: "x", count: 1001))], "/memo", .fieldInvalid),
        ] {
            let message = try signed(Self.body(changes), secret: secret, at: Self.now)
            do {
                _ = try CallbackProfile.verify(message, connection: settings, now: Self.now)
                Issue.record("\(changes) was accepted")
            } catch {
                #expect(error.field == field && error.reason == reason)
            }
        }
        let twice = Array(
            String(decoding: Self.body(), as: UTF8.self).replacing(
                "{\"transaction_id\"",
                with: "{\"amount\":1,\"transaction_id\""
            ).utf8
        )
        #expect(refusal(try signed(twice, secret: secret, at: Self.now), settings) == .bodyMalformed)
    }

    @Test func `garbage is refused and never crashes`() throws {
        var random = Seeded("garbage to every profile")
        let settings = [
            try settings(.standard, [TestSecret.standard(5)]),
            try settings(.timestamped, ["a secret of some length"]),
        ]
        for _ in 0..<20_000 {
            func noise(_ length: Int) -> String {
                String(
                    decoding: (0..<Int.random(in: 0...length, using: &random)).map { _ in
                        UInt8.random(in: 32...126, using: &random)
                    },
                    as: UTF8.self
                )
            }
            let headers = [
                ("webhook-id", noise(10)),
                ("webhook-timestamp", random.chance(50) ? String(Self.now.unixSeconds) : noise(12)),
                ("webhook-signature", random.chance(50) ? "v1,\(noise(60))" : noise(40)),
                ("x-signature", random.chance(50) ? "t=\(Self.now.unixSeconds),v1=\(noise(70))" : noise(40)),
            ].filter { _ in random.chance(90) }
            let message = SignedMessage(method: "POST", path: "/", headers: headers, body: Array(noise(80).utf8))
            for setting in settings {
                #expect(refusal(message, setting).map { CallbackRefusal($0, "", Phrase(same: "")).isUnproved } == true)
            }
        }
    }

    @Test func `a retry has the same content hash, and another amount does not`() {
        let notice = BankNotice(transactionID: "1", amount: Money(5), occurredAt: Self.now, reference: "a", memo: "b")
        var retry = notice
        retry.occurredAt = Self.now.adding(seconds: 5)
        #expect(retry.contentHash == notice.contentHash)
        for change: (inout BankNotice) -> Void in [
            { $0.amount = Money(6) },
            {
                $0.reference = "ab"
                $0.memo = ""
            }, { $0.reference = nil }, { $0.isCredit = false },
            { $0.isSuccess = false }, { $0.accountNumber = "1" },
        ] {
            var other = notice
            change(&other)
            #expect(other.contentHash != notice.contentHash)
        }
    }
}
