import BankCallbacks
import Foundation
import TestSupport
import Testing
import Values

/// Well-signed nonsense: what a provider might send after a change of its own, or whoever holds the secret by mistake.
@Suite struct MutationTests {
    /// A value of another kind, or at the edge of its own.
    private static func strange(_ random: inout Seeded, _ value: JSON) -> JSON {
        let strange: [JSON] = [
            .null, true, "", "0", "-1", .number("-1"), .number("0"), .number("1.5"), .number("1e3"), .number("1e400"),
            .number("9223372036854775807"), .number("9223372036854775808"), .number("10000000000000"), [], [:], [1, 2],
            ["a": ["b": .null]], "\u{0}", "\u{202E}RF18", "ＲＦ１８５３９００７５４７０３４", "a\u{301}\u{301}\u{301}",
            .string(String(repeating: "9", count: 400)), .string(String(repeating: "RF", count: 2000)), "2026-13-45",
            "USD", "credit", .string(value.serialized), .string((value.string ?? "") + " "),
        ]
        return random.pick(strange)
    }

    private static func mutated(_ random: inout Seeded, _ content: JSON) -> JSON {
        guard var members = content.members, !members.isEmpty else { return strange(&random, content) }
        let place = Int.random(in: 0..<members.count, using: &random)
        switch Int.random(in: 0..<8, using: &random) {
        case 0: members.remove(at: place)
        case 1: members.append(.init("unexpected", strange(&random, .null)))
        default:
            let value = members[place].value
            let isDeep = value.members.map { !$0.isEmpty } ?? false
            members[place] = .init(
                members[place].name,
                isDeep && random.chance(70) ? mutated(&random, value) : strange(&random, value)
            )
        }
        return .object(members)
    }

    @Test(arguments: CallbackProfile.allCases)
    func `correctly signed nonsense is a notice within bounds or a refusal`(_ profile: CallbackProfile) throws {
        var random = Seeded("well-signed nonsense by \(profile.rawValue)")
        let settings = try Providers.settings(profile)
        let needed = Set(["payos", "momo", "vnpay"].contains(profile.rawValue) ? Self.signedMembers(profile) : [])
        let jobs = (0..<400).map { _ -> Providers.Job in
            var content = Providers.content(profile)
            for _ in 0..<Int.random(in: 1...3, using: &random) { content = Self.mutated(&random, content) }
            // The signing script reads these members as texts or numbers, as the provider's own would.
            if !needed.isEmpty {
                let given = Dictionary(
                    (content.members ?? []).map { ($0.name, $0.value) },
                    uniquingKeysWith: { first, _ in first }
                )
                content = .object(
                    Self.signedMembers(profile).map { name in
                        let value = given[name] ?? ""
                        let isPlain = value.string != nil || (value.integer != nil && profile != .vnpay)
                        return .init(name, isPlain ? value : .string(value.serialized))
                    }
                )
            }
            return Providers.Job(profile: profile, content: content)
        }
        var notices = 0
        for message in try Providers.sign(jobs) {
            switch Providers.judge(message, settings) {
            case .notice(let notice):
                notices += 1
                #expect(!notice.transactionID.isEmpty && notice.transactionID.utf8.count <= 200)
                #expect(notice.amount >= .zero && notice.amount <= .maximum)
                #expect(notice.memo.map { $0.utf8.count <= 20_000 } ?? true)
            case .probe: break
            case .refused(let refusal): #expect(!refusal.message.english.isEmpty && !refusal.message.vietnamese.isEmpty)
            }
        }
        #expect(notices < 400)
    }

    private static func signedMembers(_ profile: CallbackProfile) -> [String] {
        (Providers.content(profile).members ?? []).map(\.name)
    }

    @Test(arguments: CallbackProfile.allCases)
    func `a flipped bit never makes another notice`(_ profile: CallbackProfile) throws {
        var random = Seeded("flipped bits of \(profile.rawValue)")
        let settings = try Providers.settings(profile)
        let message = try Providers.sign(profile)
        let original = try #require(Providers.judge(message, settings).notice)
        for _ in 0..<3000 {
            var other = message
            var bytes = Providers.isByGET(profile) ? Array(message.query.utf8) : message.body
            let place = Int.random(in: 0..<bytes.count, using: &random)
            switch Int.random(in: 0..<4, using: &random) {
            case 0: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            case 1: bytes.remove(at: place)
            case 2: bytes.insert(UInt8.random(in: 0...255, using: &random), at: place)
            default: bytes.removeSubrange(place...)
            }
            if Providers.isByGET(profile) {
                other.query = String(decoding: bytes, as: UTF8.self)
            } else {
                other.body = bytes
            }
            if let notice = Providers.judge(other, settings).notice {
                // White space and parameters that are not signed may change; what is told may not.
                // Two senders do not sign whether it was paid, or which way it went: that can only take a payment away.
                let isTakenAway =
                    (profile == .keypay3 && !notice.isSuccess) || (profile == .vietqr && !notice.isCredit)
                #expect(notice.contentHash == original.contentHash || isTakenAway)
            }
        }
    }
}
