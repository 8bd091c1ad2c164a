import Cryptography
import Values

/// The gateways whose signing no declaration describes.
extension PlayedBank {
    func payOS(_ payment: PlayedPayment, in message: inout SignedMessage) {
        let data: JSON = [
            "orderCode": .integer(Int64(payment.transactionID) ?? 1), "amount": .money(payment.amount),
            "description": .string(payment.memo), "accountNumber": .string(payment.accountNumber),
            "reference": .string(payment.transactionID), "transactionDateTime": .string(payment.occurredAt.localText),
            "currency": "VND", "code": "00", "desc": "success",
        ]
        let code = hexadecimal(secret.key.sha256(PayOSProfile.signingBytes(data.members ?? [])))
        message.setJSON(["code": "00", "desc": "success", "success": true, "data": data, "signature": .string(code)])
    }

    func vnpay(_ payment: PlayedPayment, in message: inout SignedMessage) {
        let fields: [VNPayProfile.Parameter] = [
            ("vnp_Amount", String(payment.amount.dong * 100)), ("vnp_BankCode", "NCB"), ("vnp_OrderInfo", payment.memo),
            ("vnp_PayDate", payment.occurredAt.compactDigits), ("vnp_ResponseCode", "00"),
            ("vnp_TmnCode", payment.merchant), ("vnp_TransactionNo", payment.transactionID),
            ("vnp_TransactionStatus", "00"), ("vnp_TxnRef", payment.reference),
        ]
        let code = hexadecimal(secret.key.sha512(VNPayProfile.signingBytes(fields)))
        message.method = "GET"
        message.query = PlayedBank.form(fields + [("vnp_SecureHash", code)])
    }

    func momo(_ payment: PlayedPayment, _ now: Instant, in message: inout SignedMessage) {
        let values: [String: JSON] = [
            "amount": .money(payment.amount), "extraData": "", "message": "Successful.",
            "orderId": .string(payment.reference), "orderInfo": .string(payment.memo), "orderType": "momo_wallet",
            "partnerCode": .string(payment.merchant), "payType": "qr", "requestId": .string(payment.transactionID),
            "responseTime": .integer(payment.occurredAt.microseconds / 1000), "resultCode": 0,
            "transId": .integer(Int64(payment.transactionID) ?? 1),
        ]
        let signed = MoMoProfile.signedNames.map { name in
            "&\(name)=" + (values[name]?.string ?? values[name]?.integer.map { String($0) } ?? "")
        }.joined()
        let code = hexadecimal(secret.key.sha256(Array("accessKey=\(secret.accessKey)\(signed)".utf8)))
        let members = MoMoProfile.signedNames.map { JSON.Member($0, values[$0] ?? .null) }
        message.setJSON(.object(members + [JSON.Member("signature", .string(code))]))
    }

    func zaloPay(_ payment: PlayedPayment, in message: inout SignedMessage) {
        let day = payment.occurredAt.compactDigits.dropFirst(2).prefix(6)
        let data: JSON = [
            "app_id": .string(payment.merchant), "app_trans_id": .string("\(day)_\(payment.reference)"),
            "app_time": .integer(payment.occurredAt.microseconds / 1000), "amount": .money(payment.amount),
            "zp_trans_id": .integer(Int64(payment.transactionID) ?? 1),
            "server_time": .integer(payment.occurredAt.microseconds / 1000), "item": "[]", "embed_data": "{}",
        ]
        let text = data.serialized
        message.setJSON([
            "data": .string(text), "mac": .string(hexadecimal(secret.key.sha256(Array(text.utf8)))), "type": 1,
        ])
    }

    func casso(_ payment: PlayedPayment, _ now: Instant, in message: inout SignedMessage) {
        let body: JSON = [
            "error": 0,
            "data": [
                "id": .integer(Int64(payment.transactionID) ?? 1), "reference": .string(payment.transactionID),
                "description": .string(payment.memo), "amount": .money(payment.amount), "runningBalance": 0,
                "transactionDateTime": .string(payment.occurredAt.localText),
                "accountNumber": .string(payment.accountNumber),
            ],
        ]
        let time = String(now.microseconds / 1000)
        let code = hexadecimal(secret.key.sha512(Array((time + ".").utf8) + CanonicalJSON.bytes(body)))
        message.setJSON(body)
        message.headers.append((CassoProfile.header, "t=\(time),v1=\(code)"))
    }
}

extension Instant {
    /// `2026-11-21 09:30:00`, Vietnamese time.
    var localText: String { String(description.prefix(19)).replacing("T", with: " ") }
}
