import BankCallbacks
import PureSupport
import Testing
import Values

/// What a played bank sends is read as what it was told to send, and as nothing else.
@Suite struct PlayedBankTests {
    private static func secret(_ profile: CallbackProfile, _ random: inout Seeded) -> String {
        let letters = Array("ABCDEFGHJKMNPQRSTVWXYZabcdefghjkmnpqrstvwxyz0123456789")
        let text = String((0..<32).map { _ in random.pick(letters) })
        return switch profile {
        case .standard, .rfc9421: text
        case .momo, .viettel: "ACCESS:" + text
        case .onepay: String(text.map { _ in random.pick(Array("0123456789abcdef")) })
        default: text
        }
    }

    private static func payment(_ random: inout Seeded) -> PlayedPayment {
        let reference = "RF18" + String((0..<12).map { _ in random.pick(Array("0123456789ABCDEFGH")) })
        return PlayedPayment(
            transactionID: String(Int.random(in: 1...999_999_999_999_999, using: &random)),
            amount: Money(Int64.random(in: 1...1_000_000_000, using: &random)),
            accountNumber: "0011000000001",
            reference: reference,
            memo: "MBVCB.77 \(reference) nop le phi",
            occurredAt: Instant(unixSeconds: 1_795_000_000 + Int64.random(in: 0..<10_000_000, using: &random))
        )
    }

    @Test(arguments: PlayedBank.profiles)
    func `every sender that is played is believed, and a forger is not`(_ profile: CallbackProfile) throws {
        var random = Seeded("played \(profile.rawValue)")
        for _ in 0..<50 {
            let secret = try CallbackSecret(profile: profile, text: Self.secret(profile, &random))
            let connection = ConnectionSettings(
                name: "bank",
                profile: profile,
                secrets: [secret],
                accountNumber: "0011000000001"
            )
            let bank = try #require(PlayedBank(profile, secret: secret, connection: "bank"))
            let payment = Self.payment(&random)
            let now = payment.occurredAt
            let message = bank.message(payment, path: "/v1/callbacks/bank", authority: "127.0.0.1:8080", at: now)
            guard case .notice(let notice) = try CallbackProfile.verify(message, connection: connection, now: now)
            else {
                Issue.record("\(profile.rawValue) was not read as a notice")
                return
            }
            // One sender has a single field for both.
            #expect(notice.transactionID == (profile == .keypay3 ? payment.reference : payment.transactionID))
            #expect(notice.amount == payment.amount && notice.isSuccess && notice.isCredit)
            #expect(notice.reference == payment.reference || notice.memo?.contains(payment.reference) == true)
            if let account = notice.accountNumber { #expect(account == payment.accountNumber) }
            if let time = notice.occurredAt { #expect(time.unixSeconds == now.unixSeconds) }
            let forged = bank.forging()
                .message(payment, path: "/v1/callbacks/bank", authority: "127.0.0.1:8080", at: now)
            let refusal = #expect(throws: CallbackRefusal.self) {
                _ = try CallbackProfile.verify(forged, connection: connection, now: now)
            }
            #expect(refusal?.isUnproved == true)
        }
    }

    @Test func `who signs with a private key cannot be played`() throws {
        let secret = try CallbackSecret(profile: .casso, text: "a secret of some length")
        #expect(!PlayedBank.profiles.contains(.vietinbank))
        #expect(PlayedBank(.vietinbank, secret: secret, connection: "bank") == nil)
        #expect(PlayedBank.profiles.count == CallbackProfile.allCases.count - 1)
    }
}
