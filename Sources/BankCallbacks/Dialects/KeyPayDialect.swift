import Cryptography
import Values

extension Dialect {
    /// KeyPay version 2, as public-service portals of provinces use it: the merchant's key and every value that is not empty,
    /// by name, plain SHA-256. MD5, which it also allows, is not taken.
    ///
    /// Success has one spelling: were there two, a zero could go from the code to the amount before it.
    static let keypay = Dialect(
        carrier: .form,
        scheme: SignatureScheme(
            place: .field("secure_hash"),
            part: .sortedValues(names: [
                "bank_code", "command", "currency_code", "good_code", "merchant_code", "merchant_trans_id", "net_cost",
                "response_code", "service_code", "ship_fee", "tax", "trans_id",
            ]),
            proof: .gluedHash(.sha256, .first(""))
        ),
        meaning: Meaning(
            transactionID: ["trans_id", "merchant_trans_id"],
            amount: .sum(["net_cost", "ship_fee", "tax"]),
            success: ("response_code", ["0"]),
            reference: "merchant_trans_id",
            memo: "good_code",
            merchant: "merchant_code",
            currency: "currency_code"
        ),
        answer: keyPayAnswer
    )

    /// KeyPay version 3 and its form for the national portal: HMAC-SHA256 under the second hash key.
    ///
    /// `status` is used although the signature does not cover it: there is nothing signed that says the same. Whoever could
    /// change it on its way must have broken TLS; amount and transaction are covered.
    static let keypay3 = Dialect(
        carrier: .formOrJSON,
        scheme: SignatureScheme(
            place: .field("check_sum"),
            part: .values(
                ["addition_fee", "client_id", "command", "trans_amount", "transaction_id", "version"]
                    .map { .field($0) },
                separator: "|",
                empty: .kept
            ),
            proof: .hmac(.sha256)
        ),
        meaning: Meaning(
            transactionID: ["transaction_id"],
            amount: .dong("trans_amount"),
            success: ("status", ["0"]),
            reference: "transaction_id",
            merchant: "client_id",
            unsigned: ["status"]
        ),
        answer: keyPayAnswer
    )

    private static let keyPayAnswer: @Sendable (CallbackResult, AnswerContext) -> Acknowledgement = { result, _ in
        .json([
            "return_code": .integer(result.isTaken ? 0 : -1),
            "return_msg": .string(result.isTaken ? "success" : "failed"),
        ])
    }
}
