import Values

/// Standard Webhooks (standardwebhooks.com): HMAC-SHA256 over id, timestamp and body; there may be several signatures.
enum StandardProfile {
    /// The most signatures checked; a sender that rotates its secret sends two.
    static let maximumSignatures = 16

    static func verify(
        _ message: SignedMessage,
        _ connection: ConnectionSettings,
        _ now: Instant
    ) throws(CallbackRefusal) -> CallbackContent {
        let id = try message.signatureHeader("webhook-id")
        let timestamp = try message.signatureHeader("webhook-timestamp")
        let offered = try message.signatureHeader("webhook-signature")
        guard let seconds = wholeNumber(timestamp) else {
            throw .unproved(
                .signatureMalformed,
                "webhook-timestamp",
                Phrase(vi: "phải là số giây Unix nguyên", en: "must be whole Unix seconds")
            )
        }
        try checkWindow(seconds, now, header: "webhook-timestamp")
        var signed: [UInt8] = []
        signed.reserveCapacity(id.utf8.count + timestamp.utf8.count + message.body.count + 2)
        signed.append(contentsOf: id.utf8)
        signed.append(UInt8(ascii: "."))
        signed.append(contentsOf: timestamp.utf8)
        signed.append(UInt8(ascii: "."))
        signed.append(contentsOf: message.body)
        var sawVersion = false
        for signature in offered.split(separator: " ").prefix(maximumSignatures) where signature.hasPrefix("v1,") {
            sawVersion = true
            guard let code = bytes(base64: signature.dropFirst(3)) else { continue }
            if connection.provesSHA256(code, of: signed) {
                return .notice(try PlainBody.read(message.body, connection))
            }
        }
        guard sawVersion else {
            throw .unproved(
                .signatureMalformed,
                "webhook-signature",
                Phrase(vi: "không có chữ ký phiên bản v1", en: "has no signature of version v1")
            )
        }
        throw .mismatch("webhook-signature")
    }
}
