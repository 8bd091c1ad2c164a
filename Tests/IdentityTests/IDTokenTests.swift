import Identity
import Testing
import Values

/// What a provider's token must say to be good for one login.
@Suite struct IDTokenTests {
    private static let now = Instant(unixSeconds: 1_796_000_000)
    private static let expected = IDTokenRules.Expected(issuer: "https://id.example", clientID: "khop", nonce: "n")

    private static func claims(_ changes: [String: JSON] = [:]) -> IDTokenClaims? {
        var all: [String: JSON] = [
            "iss": "https://id.example", "sub": "4711", "aud": "khop", "nonce": "n",
            "iat": .integer(now.unixSeconds), "exp": .integer(now.unixSeconds + 300),
        ]
        for (name, value) in changes { all[name] = value }
        return IDTokenClaims(.object(all.map { JSON.Member($0.key, $0.value) }))
    }

    private static func fault(_ changes: [String: JSON], _ expected: IDTokenRules.Expected = IDTokenTests.expected)
        -> ProviderFault?
    {
        claims(changes).flatMap { IDTokenRules.fault(in: $0, expected, now: now) }
    }

    private static func at(_ seconds: Int64) -> JSON { .integer(now.unixSeconds + seconds) }

    @Test func `times may be off by a minute, and no more`() {
        #expect(Self.fault([:]) == nil)
        #expect(Self.fault(["iat": Self.at(60)]) == nil)
        #expect(Self.fault(["iat": Self.at(61)]) == .clock(secondsAhead: 61))
        #expect(Self.fault(["nbf": Self.at(61)]) == .clock(secondsAhead: 61))
        #expect(Self.fault(["auth_time": Self.at(600)]) == .clock(secondsAhead: 600))
        #expect(Self.fault(["exp": Self.at(-59), "iat": Self.at(-300)]) == nil)
        #expect(Self.fault(["exp": Self.at(-60), "iat": Self.at(-300)]) == .expired)
        #expect(Self.fault(["iat": Self.at(-659)]) == nil)
        #expect(Self.fault(["iat": Self.at(-660)]) == .clock(secondsAhead: -660))
    }

    @Test func `issuer, audience and nonce are those of this login, to the letter`() {
        for issuer in ["https://id.example/", "https://ID.example", "http://id.example"] {
            #expect(Self.fault(["iss": .string(issuer)]) == .issuer)
        }
        #expect(Self.fault(["aud": ["khop"]]) == nil)
        #expect(Self.fault(["aud": ["khop", "other"]]) == .audience)
        #expect(Self.fault(["aud": ["khop", "other"], "azp": "khop"]) == nil)
        #expect(Self.fault(["aud": ["other"], "azp": "khop"]) == .audience)
        #expect(Self.fault(["azp": "other"]) == .audience)
        #expect(Self.fault(["nonce": "m"]) == .nonce && Self.fault(["nonce": nil]) == .nonce)
    }

    @Test func `a login anew is one since it was asked for`() {
        var expected = Self.expected
        expected.authenticatedSince = Self.now.adding(seconds: -10)
        #expect(Self.fault([:], expected) == .notAuthenticatedAnew)
        #expect(Self.fault(["auth_time": Self.at(-71)], expected) == .notAuthenticatedAnew)
        #expect(Self.fault(["auth_time": Self.at(-70)], expected) == nil)
    }

    @Test(
        arguments: [
            ["iss": nil], ["sub": nil], ["sub": ""], ["sub": 4711], ["sub": "đặng"], ["aud": nil], ["aud": []],
            ["aud": [1]],
            ["exp": nil], ["exp": "1796000000"], ["exp": -1], ["exp": 99_999_999_999_999], ["iat": nil], ["nonce": 1],
            ["amr": [true]], ["email": ["lan@x.vn"]], ["auth_time": "now"],
        ] as [[String: JSON]]
    )
    func `claims of another type, or missing, make no token`(_ changes: [String: JSON]) {
        #expect(Self.claims(changes) == nil)
    }

    @Test(
        arguments: [
            ([], nil, false), (["pwd"], nil, false), (["pwd", "otp"], nil, true), (["mfa"], nil, true),
            (["hwk"], nil, true),
            (["swk"], nil, true), (["face"], nil, false), ([], "loa-3", true), ([], "loa-2", false),
        ] as [([String], String?, Bool)]
    )
    func `a second factor is one that the provider tells of`(_ methods: [String], _ level: String?, _ isStrong: Bool)
        throws
    {
        let changes: [String: JSON] = ["amr": .array(methods.map { .string($0) }), "acr": .optional(level)]
        #expect(try #require(Self.claims(changes)).hasSecondFactor(levels: ["loa-3"]) == isStrong)
    }

    @Test func `an address is vouched for in so many words`() throws {
        for (value, isVerified) in [
            (true, true), ("true", true), (false, false), ("yes", false), (1, false), (nil, false),
        ] as [(JSON, Bool)] {
            #expect(try #require(Self.claims(["email_verified": value])).isEmailVerified == isVerified)
        }
    }

    @Test func `every fault has words in both languages, and one of its own for the audit`() {
        let all: [ProviderFault] = [
            .state, .denied, .code, .malformed, .algorithm, .signature, .issuer, .audience, .nonce, .expired,
            .clock(secondsAhead: 90), .notAuthenticatedAnew, .noSecondFactor, .email, .unknownPerson, .disabledPerson,
            .linkedToAnother, .otherPerson, .unavailable,
        ]
        #expect(Set(all.map(\.word)).count == all.count)
        for language in Language.allCases {
            #expect(Set(all.map { $0.phrase[language] }).count == all.count)
        }
        #expect(ProviderFault.clock(secondsAhead: -90).phrase[.english].contains("90 seconds behind"))
    }
}
