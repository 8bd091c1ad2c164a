import Cryptography

extension Dialect {
    /// ShopeePay, formerly AirPay: HMAC-SHA256 over the body in base64; amounts are đồng times 100. It tells once and never
    /// again, so that what is missed is found in the bank's statement.
    static let shopeepay = Dialect(
        carrier: .json,
        scheme: SignatureScheme(
            place: .header("X-Airpay-Req-H"),
            part: .body,
            proof: .hmac(.sha256),
            spelling: .base64
        ),
        meaning: Meaning(
            transactionID: ["transaction_sn", "reference_id"],
            amount: .hundredths("amount"),
            success: ("status", ["1"]),
            reference: "reference_id",
            merchant: "merchant_ext_id"
        ),
        answer: { result, context in SuccessAcknowledgement.make(result, context.language) }
    )
}
