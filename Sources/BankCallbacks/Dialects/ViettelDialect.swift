import Cryptography
import Values

extension Dialect {
    /// Viettel Money, formerly ViettelPay: HMAC-SHA1 over the access code and seven values in the order of their names,
    /// written in hex or base64 by the version. The answer is signed, too. The secret is `ACCESSCODE:HASHKEY`.
    static let viettel = Dialect(
        carrier: .formOrJSON,
        scheme: SignatureScheme(
            place: .field("check_sum"),
            part: .values(
                [
                    .accessKey, .field("billcode"), .field("merchant_code"), .field("order_id"),
                    .field("payment_status"), .field("trans_amount"), .field("vt_transaction_id"),
                ],
                separator: "",
                empty: .kept
            ),
            proof: .hmac(.sha1),
            spelling: .hexOrBase64
        ),
        meaning: Meaning(
            transactionID: ["vt_transaction_id", "order_id"],
            amount: .dong("trans_amount"),
            success: ("payment_status", ["1"]),
            reference: "order_id",
            memo: "billcode",
            merchant: "merchant_code"
        ),
        form: .pair,
        answer: { result, context in
            let code =
                switch result {
                case .recorded, .probe: "00"
                case .refused(let refusal) where refusal.isUnproved: "02"
                case .refused: "01"
                case .conflict, .unavailable, .failed: "03"
                }
            let merchant = context.fields?["merchant_code"] ?? ""
            let order = context.fields?["order_id"] ?? ""
            let signed = Array(((context.secret?.accessKey ?? "") + code + merchant + order).utf8)
            return .json([
                "error_code": .string(code), "merchant_code": .string(merchant), "order_id": .string(order),
                "return_url": "", "return_bill_code": .string(context.fields?["billcode"] ?? ""),
                "return_other_info": "",
                "check_sum": .string(context.secret.map { hexadecimal($0.key.sha1(signed)) } ?? ""),
            ])
        }
    )
}
