import Cryptography
import Values

extension Dialect {
    /// VNPT Pay and VNPT Money: ten values joined with `|`, the secret last, plain SHA-256; the answer is signed alike.
    static let vnptpay = Dialect(
        carrier: .formOrJSON,
        scheme: SignatureScheme(
            place: .field("SECURE_CODE"),
            part: .values(
                [
                    "ACTION", "RESPONSE_CODE", "MERCHANT_SERVICE_ID", "MERCHANT_ORDER_ID", "AMOUNT", "CURRENCY_CODE",
                    "VNPTPAY_TRANSACTION_ID", "PAYMENT_METHOD", "PAY_DATE", "ADDITIONAL_INFO",
                ].map { .field($0) },
                separator: "|",
                empty: .kept
            ),
            proof: .gluedHash(.sha256, .last("|"))
        ),
        meaning: Meaning(
            transactionID: ["VNPTPAY_TRANSACTION_ID", "MERCHANT_ORDER_ID"],
            amount: .dong("AMOUNT"),
            success: ("RESPONSE_CODE", ["00"]),
            reference: "MERCHANT_ORDER_ID",
            memo: "ADDITIONAL_INFO",
            occurredAt: ("PAY_DATE", .compact),
            merchant: "MERCHANT_SERVICE_ID",
            currency: "CURRENCY_CODE"
        ),
        answer: { result, context in
            let (code, words) = result.isTaken ? ("00", "Success") : ("99", "Not recorded")
            var values = [
                ("RESPONSE_CODE", code), ("DESCRIPTION", words),
                ("MERCHANT_SERVICE_ID", context.fields?["MERCHANT_SERVICE_ID"] ?? ""),
                ("MERCHANT_ORDER_ID", context.fields?["MERCHANT_ORDER_ID"] ?? ""),
                ("CREATE_DATE", context.now.compactDigits),
            ]
            if let key = context.secret?.key {
                let signed = Array(values.map(\.1).joined(separator: "|").utf8)
                values.append(
                    (
                        "SECURE_CODE",
                        key.withBytes { hexadecimal(MessageHash.sha256.hash(signed + Array("|".utf8) + $0)) }
                    )
                )
            }
            return .json(.object(values.map { JSON.Member($0.0, .string($0.1)) }))
        }
    )
}
