import Cryptography
import Values

/// The senders without a body of their own: the plain one, signed in three ways.
extension PlayedBank {
    func standard(_ payment: PlayedPayment, _ now: Instant, in message: inout SignedMessage) {
        let (id, time) = ("msg_" + payment.transactionID, String(now.unixSeconds))
        message.setJSON(PlayedBank.plain(payment))
        let signed = Array("\(id).\(time).".utf8) + message.body
        message.headers += [
            ("webhook-id", id), ("webhook-timestamp", time),
            ("webhook-signature", "v1," + base64(secret.key.sha256(signed))),
        ]
    }

    func timestamped(_ payment: PlayedPayment, _ now: Instant, in message: inout SignedMessage) {
        let time = String(now.unixSeconds)
        message.setJSON(PlayedBank.plain(payment))
        let code = hexadecimal(secret.key.sha256(Array((time + ".").utf8) + message.body))
        let name = signatureHeader ?? TimestampedProfile.defaultHeader
        message.headers.append((name.lowercased(), "t=\(time),v1=\(code)"))
    }

    func messageSignature(_ payment: PlayedPayment, _ now: Instant, in message: inout SignedMessage) {
        message.setJSON(PlayedBank.plain(payment))
        let digest = base64(MessageHash.sha256.hash(message.body))
        let input =
            "(\"@method\" \"@path\" \"@query\" \"content-digest\" \"content-type\")"
            + ";created=\(now.unixSeconds);keyid=\"\(connection)\";alg=\"hmac-sha256\""
        message.headers += [("content-digest", "sha-256=:\(digest):"), ("signature-input", "bank=\(input)")]
        let base: [UInt8]
        do {
            let inputs = try SignatureInput.all("bank=\(input)")
            base = try message.signatureBase(inputs[0].input, scheme: "http")
        } catch {
            preconditionFailure("what is written here can be read: \(error)")
        }
        message.headers.append(("signature", "bank=:\(base64(secret.key.sha256(base))):"))
    }

    private static func plain(_ payment: PlayedPayment) -> JSON {
        [
            "transaction_id": .string(payment.transactionID), "amount": .money(payment.amount), "currency": "VND",
            "account_number": .string(payment.accountNumber), "direction": "credit", "status": "success",
            "occurred_at": .string(payment.occurredAt.description), "reference": .string(payment.reference),
            "memo": .string(payment.memo),
        ]
    }
}
