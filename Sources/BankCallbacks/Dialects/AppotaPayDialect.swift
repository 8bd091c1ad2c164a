import Cryptography
import Values

extension Dialect {
    /// AppotaPay's IPN: every field by name as `name=value` joined with `&`, empty ones too, HMAC-SHA256.
    static let appotapay = Dialect(
        carrier: .formOrJSON,
        scheme: SignatureScheme(
            place: .field("signature"),
            part: .sortedPairs(prefixes: [], except: [], empty: .kept),
            proof: .hmac(.sha256)
        ),
        meaning: Meaning(
            transactionID: ["appotapayTransId", "orderId"],
            amount: .dong("amount"),
            success: ("errorCode", ["0"]),
            reference: "orderId",
            memo: "extraData",
            merchant: "partnerCode",
            currency: "currency"
        ),
        answer: { result, _ in
            let (code, words) =
                switch result {
                case .recorded("duplicate", _): ("15", "Duplicate")
                case .recorded, .probe: ("00", "Success")
                case .refused(let refusal) where refusal.isUnproved: ("11", "Invalid signature")
                case .refused, .conflict: ("16", "Not accepted")
                case .unavailable, .failed: ("99", "Not recorded")
                }
            return .json(["statusCode": .string(code), "statusDetail": .string(words)])
        }
    )
}
