import BankCallbacks
import Cryptography
import Values

/// MoMo's notice of a payment of 10.000 đồng. It names the merchant, and no account.
struct MoMoMessage: Sendable {
    var merchant: String
    var transaction: Int64
    var reference: String
    var amount: Int64 = 10_000

    /// The notice, signed as MoMo does with the access key `ACCESS`.
    func signed(with secret: String) -> SignedMessage {
        let body: JSON = [
            "partnerCode": .string(merchant), "orderId": .string(reference), "requestId": "r",
            "amount": .integer(amount), "orderInfo": "x", "orderType": "momo_wallet", "transId": .integer(transaction),
            "resultCode": 0, "message": "ok", "payType": "qr",
            "responseTime": .integer(Instant.now().unixSeconds * 1000), "extraData": "",
        ]
        let names = [
            "amount", "extraData", "message", "orderId", "orderInfo", "orderType", "partnerCode", "payType",
            "requestId",
            "responseTime", "resultCode", "transId",
        ]
        let text = (["accessKey=ACCESS"] + names.map { "\($0)=\(body[$0]?.string ?? body[$0]?.serialized ?? "")" })
            .joined(separator: "&")
        let code = MACKey(Array(secret.utf8)).sha256(Array(text.utf8))
        let hex = code.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
        return SignedMessage(
            method: "POST",
            path: "/v1/callbacks/momo",
            headers: [],
            body: JSON.object((body.members ?? []) + [.init("signature", .string(hex))]).bytes
        )
    }
}
