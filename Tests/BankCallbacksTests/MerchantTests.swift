import BankCallbacks
import TestSupport
import Testing
import Values

/// Gateways whose messages name no account name a merchant: a connection takes those of its own alone.
@Suite struct MerchantTests {
    private static let merchants: [(profile: CallbackProfile, merchant: String, field: String)] = [
        (.momo, "MOMO1", "/partnerCode"), (.vnpay, "TMN", "vnp_TmnCode"), (.zalopay, "1", "/data/app_id"),
        (.onepay, "ONEPAY1", "vpc_Merchant"), (.vnptpay, "VNPT1", "MERCHANT_SERVICE_ID"),
        (.viettel, "VTT1", "merchant_code"), (.keypay, "KEYPAY1", "merchant_code"), (.keypay3, "KEYPAY3", "client_id"),
        (.appotapay, "APPOTA1", "partnerCode"), (.shopeepay, "SHOPEE1", "/merchant_ext_id"),
        (.nationalPlatform, "H44", "/MaDoiTac"),
    ]

    private func settings(_ profile: CallbackProfile, _ merchant: String?) throws -> ConnectionSettings {
        var settings = try Providers.settings(profile)
        settings.merchant = merchant
        return settings
    }

    @Test(arguments: merchants)
    func `a proved message is held to the connection's merchant`(
        profile: CallbackProfile,
        merchant: String,
        field: String
    ) throws {
        let message = try Providers.sign(profile)
        #expect(Providers.judge(message, try settings(profile, nil)).notice?.merchant == merchant)
        #expect(Providers.judge(message, try settings(profile, merchant)).notice?.merchant == merchant)
        for other in [merchant + "2", "OTHER", "01"] {
            let refusal = Providers.judge(message, try settings(profile, other)).refusal
            #expect(refusal?.reason == .merchantMismatch && refusal?.field == field)
            #expect(refusal?.isUnproved == false && refusal?.message.english.contains(other) == true)
        }
    }

    @Test(arguments: merchants)
    func `a message that names no merchant is refused once the merchant is known`(
        profile: CallbackProfile,
        merchant: String,
        field: String
    ) throws {
        let name = try #require(profile.merchantField)
        let silent = try Providers.sign(profile, Providers.content(profile, [name: ""]))
        #expect(Providers.judge(silent, try settings(profile, nil)).notice != nil)
        #expect(Providers.judge(silent, try settings(profile, merchant)).refusal?.reason == .merchantMismatch)
    }

    @Test func `a message of another merchant that is not proved is refused for its signature`() throws {
        for (profile, _, _) in Self.merchants {
            var settings = try settings(profile, "OTHER")
            settings.secrets = [try CallbackSecret(profile: profile, text: Providers.secret(profile, 9))]
            #expect(Providers.judge(try Providers.sign(profile), settings).refusal?.reason == .signatureMismatch)
        }
    }

    @Test func `the other profiles name accounts, and no merchant`() throws {
        for profile in CallbackProfile.allCases where profile.merchantField == nil {
            #expect(Providers.judge(try Providers.sign(profile), try settings(profile, "ANY")).notice?.merchant == nil)
        }
    }

    @Test(arguments: merchants)
    func `a message of another merchant is answered in the provider's own words`(
        profile: CallbackProfile,
        merchant: String,
        field: String
    ) throws {
        let refusal = try #require(
            Providers.judge(try Providers.sign(profile), try settings(profile, "OTHER")).refusal
        )
        let answer = profile.acknowledge(.refused(refusal))
        #expect(answer.status == ([.momo, .shopeepay].contains(profile) ? 422 : 200))
        if profile == .onepay {
            #expect(String(decoding: answer.body, as: UTF8.self) == "responsecode=0&desc=confirm-fail")
            return
        }
        let body = try JSON.parse(answer.body)
        #expect(body["RspCode"] == (profile == .vnpay ? "99" : nil))
        let code: JSON? = profile == .zalopay ? 0 : [.keypay, .keypay3].contains(profile) ? -1 : nil
        #expect(body["return_code"] == code)
    }
}
