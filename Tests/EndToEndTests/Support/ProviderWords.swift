import BankCallbacks
import TestSupport
import Values

/// What providers are told of a payment.
enum ProviderWords {
    /// Of a payment that settles, the same again, one of no known request, one of another amount, and one with a forged
    /// signature.
    static let expected: [CallbackProfile: [String]] = [
        .standard: ["settled", "duplicate", "unknown_reference", "overpaid", "401"],
        .timestamped: ["settled", "duplicate", "unknown_reference", "overpaid", "401"],
        .rfc9421: ["settled", "duplicate", "unknown_reference", "overpaid", "401"],
        .payos: ["true", "true", "true", "true", "401"], .casso: ["true", "true", "true", "true", "401"],
        .vnpay: ["00", "02", "01", "04", "97"], .momo: ["204", "204", "204", "204", "401"],
        .zalopay: ["1", "2", "1", "1", "-1"],
        .sepay: ["true", "true", "true", "true", "401"], .shopeepay: ["true", "true", "true", "true", "401"],
        .ninepay: ["true", "true", "true", "true", "401"],
        .onepay: ["1", "1", "1", "1", "0"], .vnptpay: ["00", "00", "00", "00", "99"],
        .viettel: ["00", "00", "00", "00", "02"], .keypay: ["0", "0", "0", "0", "-1"],
        .keypay3: ["0", "0", "0", "-1", "-1"], .vietqr: ["000", "000", "000", "000", "005"],
        .vietinbank: ["00", "02", "00", "00", "97"], .appotapay: ["00", "15", "00", "00", "11"],
        .nationalPlatform: ["00", "00", "00", "00", "99"],
    ]

    /// What a sender reads in an answer.
    static func word(of answer: LiveServer.Answer) throws -> String {
        let text = String(decoding: answer.body, as: UTF8.self)
        if text.hasPrefix("responsecode=") { return String(text.dropFirst(13).prefix(1)) }
        let json = try answer.json
        for name in [
            "outcome", "RspCode", "return_code", "RESPONSE_CODE", "error_code", "errorReason", "errorCode",
            "statusCode", "MaLoi",
        ] {
            if let word = json[name]?.string { return word }
            if let number = json[name]?.integer { return String(number) }
        }
        return json["success"].map { "\($0 == true)" } ?? "?"
    }
}
