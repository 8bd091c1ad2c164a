import BankCallbacks
import TestSupport
import Testing
import Values

/// Examples that the providers or projects of others have published, with their own secrets and signatures.
@Suite struct PublishedVectorTests {
    private func vectors(_ profile: String) throws -> [JSON] {
        let all = try JSON.parse(Repository.fixture("signatures/gateways.json")).array ?? []
        let found = all.filter { $0["profile"] == .string(profile) }
        try #require(!found.isEmpty)
        return found
    }

    private func settings(_ profile: CallbackProfile, _ secret: String, account: String = "1") throws
        -> ConnectionSettings
    {
        ConnectionSettings(
            name: "bank",
            profile: profile,
            secrets: [try CallbackSecret(profile: profile, text: secret)],
            accountNumber: account
        )
    }

    private func post(_ body: String, _ headers: [(String, String)] = []) -> SignedMessage {
        SignedMessage(method: "POST", path: "/", headers: headers.map { ($0.0, $0.1) }, body: Array(body.utf8))
    }

    @Test func `the sample of payOS is a probe, and a notice for its own account`() throws {
        for vector in try vectors("payos") {
            let message = post(try #require(vector["body"]?.string))
            let secret = try #require(vector["secret"]?.string)
            #expect(Providers.judge(message, try settings(.payos, secret)) == .probe)
            let notice = Providers.judge(message, try settings(.payos, secret, account: "12345678")).notice
            #expect(notice?.transactionID == "TF230204212323" && notice?.amount == Money(3000))
            #expect(notice?.occurredAt == Instant("2023-02-04T18:25:00+07:00") && notice?.memo == "VQRIO123")
            let other = try settings(.payos, secret + "0")
            #expect(Providers.judge(message, other).refusal?.reason == .signatureMismatch)
        }
    }

    @Test func `all signature cases published by payOS verify`() throws {
        let cases = try #require(JSON.parse(Repository.fixture("signatures/payos.json")).array)
        #expect(cases.count == 10)
        for item in cases where item["type"] == "body" {
            let body: JSON = ["data": item["payload"] ?? .null, "signature": item["expected"] ?? .null]
            let settings = try settings(.payos, try #require(item["secret"]?.string), account: "0123456789")
            let judgement = Providers.judge(post(body.serialized), settings)
            // All but the last are signed in the same way and are no webhooks: the signature holds, then a field is missing.
            if item["name"] == "webhook" {
                #expect(judgement.notice?.transactionID == "FT-REFERENCE" && judgement.notice?.amount == Money(20_000))
            } else {
                #expect(judgement.refusal?.reason == .fieldMissing, "\(item["name"]?.string ?? "")")
            }
        }
    }

    @Test func `the sample of VNPAY verifies in any order of its parameters`() throws {
        for vector in try vectors("vnpay") {
            let signing = try #require(vector["signing_string"]?.string)
            let expected = try #require(vector["expected"]?.string)
            let settings = try settings(.vnpay, try #require(vector["secret"]?.string))
            let reversed = signing.split(separator: "&").reversed().joined(separator: "&")
            for query in [
                "\(signing)&vnp_SecureHash=\(expected)", "vnp_SecureHash=\(expected.uppercased())&\(reversed)",
            ] {
                let message = SignedMessage(method: "GET", path: "/", query: query, headers: [], body: [])
                let notice = Providers.judge(message, settings).notice
                #expect(notice?.transactionID == "14422574" && notice?.amount == Money(10_000))
                #expect(notice?.reference == "1716257871703" && notice?.isSuccess == true)
                #expect(notice?.occurredAt == Instant("2024-05-21T09:18:06+07:00"))
            }
        }
    }

    @Test func `the sample of MoMo verifies`() throws {
        for vector in try vectors("momo") {
            var members = vector["payload"]?.members ?? []
            members.append(.init("signature", vector["expected"] ?? .null))
            let secret = "\(vector["access_key"]?.string ?? ""):\(vector["secret"]?.string ?? "")"
            let settings = try settings(.momo, secret)
            let notice = Providers.judge(post(JSON.object(members).serialized), settings).notice
            #expect(notice?.transactionID == "2345678901" && notice?.amount == Money(50_000))
            #expect(notice?.reference == "order-1" && notice?.isSuccess == true)
            #expect(notice?.occurredAt == Instant(microseconds: 1_767_222_123_000_000))
        }
    }

    @Test func `the sample of Casso is a probe, and a notice for its own account`() throws {
        for vector in try vectors("casso") {
            let secret = try #require(vector["secret"]?.string)
            let header = try #require(vector["header"]?["X-Casso-Signature"]?.string)
            let message = post(try #require(vector["payload"]).pretty, [("x-casso-signature", header)])
            #expect(Providers.judge(message, try settings(.casso, secret)) == .probe)
            let notice = Providers.judge(message, try settings(.casso, secret, account: "88888888")).notice
            #expect(notice?.transactionID == "MA_GIAO_DICH_THU_NGHIEM" && notice?.amount == Money(599_000))
            #expect(notice?.occurredAt == Instant("2024-10-03T15:06:37+07:00"))
        }
    }

    /// The example covers no digest, so the profile itself refuses it; what is below verifies it.
    @Test func `the signature base of RFC 9421 is generated exactly`() throws {
        for vector in try vectors("rfc9421") {
            let message = SignedMessage(
                method: "POST",
                path: "/foo",
                authority: "EXAMPLE.com:443",
                headers: [("date", "Tue, 20 Apr 2021 02:07:55 GMT"), ("content-type", " application/json ")],
                body: []
            )
            let inputs = try SignatureInput.all(try #require(vector["signature_input"]?.string))
            #expect(inputs.map(\.label) == ["sig-b25"])
            let base = try message.signatureBase(inputs[0].input, scheme: "https")
            #expect(String(decoding: base, as: UTF8.self) == vector["signature_base"]?.string)
            let secret = try CallbackSecret(profile: .rfc9421, text: try #require(vector["secret_base64"]?.string))
            let signature = try #require(vector["signature"]?.string)
            #expect(inputs[0].input.holds(signature: ":\(signature):", base: base, secret: secret))
            #expect(!inputs[0].input.holds(signature: ":\(signature):", base: base + [0], secret: secret))
        }
    }
}
