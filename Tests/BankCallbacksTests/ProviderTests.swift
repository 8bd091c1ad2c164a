import BankCallbacks
import PureSupport
import TestSupport
import Testing
import Values

/// What every profile must do, each with messages signed by the independent script.
@Suite struct ProviderTests {
    @Test(arguments: CallbackProfile.allCases)
    func `a signed notice is read`(_ profile: CallbackProfile) throws {
        let notice = try #require(Providers.judge(profile, [:]).notice)
        let expected = Providers.reading(profile)
        #expect(notice.transactionID == expected.transactionID)
        #expect(notice.amount == Money(115_000) && notice.isCredit && notice.isSuccess)
        #expect(notice.accountNumber == expected.account)
        #expect(notice.occurredAt == (expected.time ? Instant("2026-11-21T09:29:58+07:00") : nil))
        #expect(notice.reference == expected.reference)
        let isTold = notice.reference == Providers.reference || notice.memo?.contains(Providers.reference) == true
        #expect(isTold)
    }

    @Test(arguments: CallbackProfile.allCases)
    func `either secret of a rotation verifies, and no other`(_ profile: CallbackProfile) throws {
        let secrets = (1...3).map { Providers.secret(profile, $0) }
        let message = try Providers.sign([.init(profile: profile, secret: secrets[1])])[0]
        #expect(Providers.judge(message, try Providers.settings(profile, [secrets[0], secrets[1]])).notice != nil)
        #expect(Providers.judge(message, try Providers.settings(profile, [secrets[1], secrets[2]])).notice != nil)
        let refusal = Providers.judge(message, try Providers.settings(profile, [secrets[0], secrets[2]])).refusal
        #expect(refusal?.reason == .signatureMismatch && refusal?.isUnproved == true)
        #expect(Providers.judge(message, try Providers.settings(profile, [])).refusal?.reason == .signatureMismatch)
    }

    @Test(arguments: CallbackProfile.allCases)
    func `a retry has the same content hash, and changed money does not`(_ profile: CallbackProfile) throws {
        let (amount, other) = Providers.amount(profile)
        let content = Providers.content(profile)
        // Members in another order, another second, another secret of the rotation.
        let outer = (content.members ?? []).reversed().map { member -> JSON.Member in
            guard let inner = member.value.members else { return member }
            return .init(member.name, .object(inner.reversed()))
        }
        let messages = try Providers.sign([
            .init(profile: profile),
            .init(
                profile: profile,
                content: .object(outer),
                secret: Providers.secret(profile, 2),
                time: Providers.now.adding(seconds: 61)
            ),
            .init(profile: profile, content: Providers.content(profile, [amount: other])),
        ])
        let settings = try Providers.settings(profile, [Providers.secret(profile), Providers.secret(profile, 2)])
        let notices = try messages.map { try #require(Providers.judge($0, settings).notice) }
        #expect(notices[0].contentHash == notices[1].contentHash && notices[0] == notices[1])
        #expect(notices[0].contentHash != notices[2].contentHash)
        #expect(notices[0].transactionID == notices[2].transactionID)
    }

    /// Every member that is signed, changed after signing.
    @Test(arguments: CallbackProfile.allCases)
    func `nothing that is signed can be changed`(_ profile: CallbackProfile) throws {
        let settings = try Providers.settings(profile)
        let message = try Providers.sign(profile)
        var changed = 0
        if Providers.isByGET(profile) {
            for pair in message.query.split(separator: "&")
            where (pair.hasPrefix("vnp_") || pair.hasPrefix("vpc_")) && pair.last != "="
                && !pair.contains("_SecureHashType")
            {
                let more = profile == .vnpay ? "vnp_Zzz=1" : "vpc_Zzz=1"
                for new in ["\(pair)1", "\(pair.prefix { $0 != "=" })=", "\(more)&\(pair)"] {
                    var other = message
                    other.query = message.query.replacing(pair, with: new)
                    #expect(Providers.judge(other, settings).refusal?.isUnproved == true, "\(new)")
                    changed += 1
                }
            }
        } else {
            let content = Providers.content(profile)
            let text = String(decoding: message.body, as: UTF8.self)
            for member in content["data"]?.members ?? content.members ?? []
            where member.value != "" && !member.value.isNull && !Providers.unsigned(profile).contains(member.name) {
                let written = (member.value.string ?? member.value.serialized)
                var other = message
                other.body = Array(text.replacing(written, with: written + "7").utf8)
                // These write some texts escaped or encoded, where the plain text is not found.
                #expect(
                    other.body != message.body || [.zalopay, .casso, .ninepay, .keypay].contains(profile),
                    "\(member.name)"
                )
                if other.body == message.body { continue }
                #expect(Providers.judge(other, settings).refusal?.isUnproved == true, "\(member.name)")
                changed += 1
            }
        }
        #expect(changed > (profile == .ninepay ? 0 : 3))
    }

    @Test func `timestamps may be off by five minutes in either direction`() throws {
        for profile in Providers.windowed {
            let settings = try Providers.settings(profile)
            let message = try Providers.sign(profile)
            for (seconds, isFresh) in [(300, true), (-300, true), (301, false), (-301, false)] as [(Int64, Bool)] {
                let judgement = Providers.judge(message, settings, now: Providers.now.adding(seconds: seconds))
                #expect((judgement.notice != nil) == isFresh)
                #expect(isFresh || judgement.refusal?.reason == .timestampOutOfWindow)
            }
        }
        // The others set no window: a replay is met by the settlement.
        for profile in CallbackProfile.allCases where !Providers.windowed.contains(profile) {
            let late = Providers.now.adding(seconds: 86_400 * 30)
            #expect(
                Providers.judge(try Providers.sign(profile), try Providers.settings(profile), now: late).notice != nil
            )
        }
    }

    @Test func `notices are accepted only by their HTTP method`() throws {
        for profile in CallbackProfile.allCases {
            var message = try Providers.sign(profile)
            message.method = Providers.isByGET(profile) || profile == .keypay ? "PUT" : "GET"
            let refusal = Providers.judge(message, try Providers.settings(profile)).refusal
            #expect(refusal?.reason == .methodNotAllowed)
            #expect(
                profile.acknowledge(.refused(try #require(refusal))).status
                    == (Providers.refusedWithOK.contains(profile) ? 200 : 405)
            )
        }
    }

    @Test func `invalid secrets are refused, and no secret is ever printed`() throws {
        for profile in CallbackProfile.allCases {
            for text in ["", "short", "whsec_!", [.momo, .viettel].contains(profile) ? "nocolonatall" : "x"] {
                do {
                    _ = try CallbackSecret(profile: profile, text: text)
                    Issue.record("\(profile): \(text)")
                } catch {
                    #expect(
                        error.field == "secret" && (text.isEmpty || text == "x" || !error.description.contains(text))
                    )
                }
            }
            let secret = try CallbackSecret(profile: profile, text: Providers.secret(profile))
            let printed = "\(secret) \(String(reflecting: secret)) \(try Providers.settings(profile))"
            #expect(
                !printed.contains("a secret of") && !printed.contains("momo secret") && !printed.contains("PRIVATE")
                    && !printed.contains(Providers.secret(profile))
            )
        }
    }

    @Test(arguments: CallbackProfile.allCases)
    func `a secret that is one character repeated is weak`(profile: CallbackProfile) throws {
        let zeros = "AAAAAAAAAAAAAAAAAAAAAA=="
        let weak: [CallbackProfile: String] = [
            .standard: "whsec_" + zeros, .rfc9421: zeros, .momo: "ACCESS:        ",
            .viettel: "ACCESS:        ", .onepay: String(repeating: "00", count: 16),
        ]
        // A pair of keys has no such form.
        if profile == .vietinbank { return }
        let secret = try CallbackSecret(profile: profile, text: weak[profile] ?? "        ")
        #expect(throws: CallbackRefusal.self) { try secret.checkStrength() }
        try CallbackSecret(profile: profile, text: Providers.secret(profile)).checkStrength()
    }

    @Test(arguments: [
        "abababab", "12345678", "hgfedcba", "aabbccdd", "Password", "password1", "matkhau123", "testtest", "1234567890",
    ])
    func `a secret that people try first is weak`(_ text: String) throws {
        let secret = try CallbackSecret(profile: .payos, text: text)
        #expect(throws: CallbackRefusal.self) { try secret.checkStrength() }
    }

    @Test func `what gateways issue is not weak`() throws {
        for text in ["K951B6PE1waDMi640xX08PD3vpyyz9", "eIEGZ1wv9hRX", "8123456789012", "a secret of payos"] {
            try CallbackSecret(profile: .payos, text: text).checkStrength()
        }
        // Random digits may be few and different.
        var random = Seeded("secrets of digits")
        for _ in 0..<2000 {
            let text = String((0..<11).map { _ in Character(String(Int.random(in: 0...9, using: &random))) })
            guard Set(text).count >= 5 else { continue }
            try CallbackSecret(profile: .payos, text: text).checkStrength()
        }
    }

    @Test func `base64 is read as Python reads it`() throws {
        for (text, isGood) in [
            ("AQIDBAUGBwgJCgsMDQ4PEBE=", true), ("AQIDBAUGBwgJCgsMDQ4PEBE", true),
            ("AQIDBAUGBwgJCgsMDQ4PEBESEw==", true),
            ("AQIDBAUGBwgJCgsMDQ4PEBE==", false), ("AQIDBAUGBwgJCgsMDQ4PEBF=", false),
            ("AQIDBAUG BwgJCgsMDQ4PEBE=", false),
            ("AQIDBAUGBwgJCgsMDQ4PEBESEw=", false), ("AQIDBAUGBwgJCgsMDQ4PE-_=", false),
            ("A=QIDBAUGBwgJCgsMDQ4PEBE", false),
            ("AQIDBAUGBwgJCgsMDQ4PEBESA", false),
        ] {
            var isRead = true
            do { _ = try CallbackSecret(profile: .rfc9421, text: text) } catch { isRead = false }
            #expect(isRead == isGood, "\(text)")
        }
    }
}
