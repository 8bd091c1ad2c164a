import Cryptography

extension Dialect {
    /// 9Pay's IPN (developers.9pay.vn): a form with `result`, JSON in base64 for addresses, and `checksum`, a plain SHA-256 of
    /// the result and the checksum key. Status 5 is paid.
    static let ninepay = Dialect(
        carrier: .wrapped(field: "result"),
        scheme: SignatureScheme(
            place: .field("checksum"),
            part: .field("result"),
            proof: .gluedHash(.sha256, .last(""))
        ),
        meaning: Meaning(
            transactionID: ["payment_no", "invoice_no"],
            amount: .dong("amount"),
            success: ("status", ["5"]),
            reference: "invoice_no",
            memo: "description",
            occurredAt: ("created_at", .local),
            currency: "currency"
        ),
        answer: { result, context in SuccessAcknowledgement.make(result, context.language) }
    )
}
