import Cryptography

extension Dialect {
    /// OnePay's IPN, by GET or as a form: HMAC-SHA256 over the sorted `vpc_` and `user_` fields, values as they are. The key is
    /// the hash code's bytes, not its hex digits. Codes of failures may be letters.
    static let onepay = Dialect(
        carrier: .form,
        scheme: SignatureScheme(
            place: .field("vpc_SecureHash"),
            part: .sortedPairs(prefixes: ["vpc_", "user_"], except: ["vpc_SecureHashType"], empty: .dropped),
            proof: .hmac(.sha256)
        ),
        meaning: Meaning(
            transactionID: ["vpc_TransactionNo", "vpc_MerchTxnRef"],
            amount: .hundredths("vpc_Amount"),
            success: ("vpc_TxnResponseCode", ["0"]),
            reference: "vpc_MerchTxnRef",
            memo: "vpc_OrderInfo",
            merchant: "vpc_Merchant",
            currency: "vpc_CurrencyCode"
        ),
        form: .hex,
        answer: { result, context in
            // After any status but 200 it is sent again, three times in two and a half minutes.
            switch result {
            case .recorded, .probe: .text("responsecode=1&desc=confirm-success")
            case .refused, .conflict: .text("responsecode=0&desc=confirm-fail")
            case .unavailable, .failed: PlainAcknowledgement.make(result, context.language)
            }
        }
    )
}
