import Cryptography
import Values

extension Dialect {
    /// VietQR.vn's first callback interface: transaction, amount filled up to ten digits, time and order in a row,
    /// HMAC-SHA256 with the secret as text. Its later one signs nothing and is not taken.
    ///
    /// The memo is not covered and is not read; account and direction are compared with what the connection expects, and so
    /// can only make a message be refused.
    static let vietqr = Dialect(
        carrier: .json,
        scheme: SignatureScheme(
            place: .field("signature"),
            part: .values(
                [
                    .field("transactionId"), .padded("amount", digits: 10), .field("transactionTime"),
                    .field("orderId"),
                ],
                separator: "",
                empty: .kept
            ),
            proof: .hmac(.sha256)
        ),
        meaning: Meaning(
            transactionID: ["transactionId"],
            amount: .dong("amount"),
            direction: ("transType", credit: ["C"], debit: ["D"]),
            reference: "orderId",
            occurredAt: ("transactionTime", .milliseconds),
            account: "bankAccount",
            unsigned: ["transType", "bankAccount"]
        ),
        answer: { result, context in
            guard result.isTaken else {
                return .json([
                    "error": true, "errorReason": .string(result.isUnproved ? "005" : "001"), "toastMessage": "",
                    "object": .null,
                ])
            }
            return .json([
                "error": false, "errorReason": "000",
                "toastMessage": .string(context.fields?["transactionId"] ?? ""), "object": .null,
            ])
        }
    )
}
