import Cryptography
import Values

/// MoMo's IPN, version 2: JSON signed with HMAC-SHA256 over the raw values of thirteen fields in a fixed order.
enum MoMoProfile {
    /// The signed fields, in order, after the access key, which is not in the body.
    static let signedNames = [
        "amount", "extraData", "message", "orderId", "orderInfo", "orderType", "partnerCode", "payType", "requestId",
        "responseTime", "resultCode", "transId",
    ]

    static func verify(
        _ message: SignedMessage,
        _ connection: ConnectionSettings
    ) throws(CallbackRefusal) -> CallbackContent {
        let body = try Fields.body(message.body, isProved: false)
        guard let signature = body.object["signature"]?.string else {
            throw .unproved(.signatureMissing, "/signature", Phrase(vi: "còn thiếu", en: "must be given"))
        }
        guard let code = bytes(hex: signature) else {
            throw .unproved(
                .signatureMalformed,
                "/signature",
                Phrase(vi: "phải là chữ số thập lục phân", en: "must be hex digits")
            )
        }
        var fields: [UInt8] = []
        for name in signedNames {
            fields.append(contentsOf: "&\(name)=".utf8)
            switch body.object[name] {
            case .string(let text)?:
                try JoinedFields.check(text.utf8, at: "/\(name)")
                fields.append(contentsOf: text.utf8)
            case .number(let text)?: fields.append(contentsOf: text.utf8)
            case nil, .null?: break
            case .bool?, .array?, .object?:
                throw .unproved(
                    .signatureMalformed,
                    "/\(name)",
                    Phrase(vi: "phải là chuỗi hoặc số", en: "must be a string or a number")
                )
            }
        }
        let isProved = connection.secrets.contains { secret in
            secret.key.verifies(code, of: Array("accessKey=\(secret.accessKey)".utf8) + fields)
        }
        guard isProved else { throw .mismatch("/signature") }
        try connection.require(merchant: try body.merchant("partnerCode"))
        return .notice(try read(body))
    }

    private static func read(_ body: Fields) throws(CallbackRefusal) -> BankNotice {
        // 9000 means that the money is only held, not yet taken: not a success.
        let isSuccess = try body.identifier("resultCode", numbers: true) == "0"
        let orderID = try body.identifier("orderId")
        var transactionID = try body.identifier("transId", numbers: true)
        // A payment that never began may have no transaction number.
        if transactionID == "0" { transactionID = "\(orderID)-\(try body.identifier("requestId"))" }
        return BankNotice(
            transactionID: transactionID,
            amount: try body.amount("amount", mayBeZero: !isSuccess, digits: true),
            isSuccess: isSuccess,
            occurredAt: ProviderTime.milliseconds(body.object["responseTime"]),
            reference: orderID,
            memo: try body.optionalText("orderInfo", PlainBody.maximumMemoCharacters),
            merchant: try body.merchant("partnerCode")
        )
    }

    /// Returns HTTP 204 without a body once the notice is recorded; MoMo treats anything else as an error.
    static func acknowledge(_ result: CallbackResult, _ language: Language) -> Acknowledgement {
        switch result {
        case .recorded, .probe: Acknowledgement(status: 204, contentType: nil, body: [])
        case .conflict, .refused, .unavailable, .failed: PlainAcknowledgement.make(result, language)
        }
    }
}
