import Cryptography
import Values

extension Dialect {
    /// VietinBank's notices for collection by identified accounts: six values in a row, what is empty left out, RSA with
    /// SHA-256; the answer is signed with our own key. The secret is the bank's public key or certificate in PEM with our
    /// private key after it.
    static let vietinbank = Dialect(
        carrier: .json,
        scheme: SignatureScheme(
            place: .field("signature"),
            part: .values(
                ["transId", "transTime", "custCode", "amount", "bankTransId", "remark"].map { .field($0) },
                separator: "",
                empty: .dropped
            ),
            proof: .rsa(.sha256),
            spelling: .base64
        ),
        meaning: Meaning(
            transactionID: ["transId"],
            amount: .dong("amount"),
            reference: "custCode",
            memo: "remark",
            occurredAt: ("transTime", .compact),
            bankReference: "bankTransId"
        ),
        form: .pem(signsAnswers: true),
        answer: { result, context in
            let (code, words) =
                switch result {
                case .recorded("duplicate", _): ("02", "Duplicate")
                case .recorded, .probe: ("00", "Success")
                case .refused(let refusal) where refusal.isUnproved: ("97", "Invalid signature")
                case .refused, .conflict: ("01", "Not accepted")
                case .unavailable, .failed: ("99", "Not recorded")
                }
            let id = context.fields?["transId"] ?? ""
            let signature = context.secret?.ownKey?.sign(Array((id + code + words).utf8), .sha256)
            return .json([
                "providerId": .string(context.fields?["providerId"] ?? ""), "transId": .string(id),
                "errorCode": .string(code), "errorDesc": .string(words),
                "signature": .string(signature.map(base64) ?? ""),
            ])
        }
    )
}
