import Cryptography

extension Dialect {
    /// SePay's webhook (developer.sepay.vn): HMAC-SHA256 over time, full stop and body. The secret is used as text, with its
    /// prefix `whsec_`. Its other ways, an API key or none, prove nothing of a body and are not taken.
    static let sepay = Dialect(
        carrier: .json,
        scheme: SignatureScheme(
            place: .header("X-SePay-Signature"),
            part: .timestampedBody(header: "X-SePay-Timestamp"),
            proof: .hmac(.sha256),
            spelling: .hex(prefix: "sha256="),
            freshness: "X-SePay-Timestamp"
        ),
        meaning: Meaning(
            transactionID: ["id"],
            amount: .dong("transferAmount"),
            direction: ("transferType", credit: ["in"], debit: ["out"]),
            memo: "content",
            occurredAt: ("transactionDate", .local),
            account: "accountNumber",
            bankReference: "referenceCode"
        ),
        answer: { result, context in SuccessAcknowledgement.make(result, context.language) }
    )
}
