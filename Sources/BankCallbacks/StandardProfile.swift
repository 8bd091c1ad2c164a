import Cryptography
import Values

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Standard Webhooks (standardwebhooks.com): HMAC-SHA256 over id, timestamp and body; several signatures may be offered.
enum StandardProfile {
    /// Signatures looked at; a sender in rotation offers two.
    private static let maximumSignatures = 16

    static func verify(
        _ message: SignedMessage,
        _ connection: ConnectionSettings,
        _ now: Instant
    ) throws(CallbackRefusal) -> CallbackContent {
        let id = try header(message, "webhook-id")
        let timestamp = try header(message, "webhook-timestamp")
        let offered = try header(message, "webhook-signature")
        guard let seconds = wholeNumber(timestamp) else {
            throw CallbackRefusal(.signatureMalformed, "webhook-timestamp", "must be whole Unix seconds")
        }
        try checkWindow(seconds, now, header: "webhook-timestamp")
        var signed = Array("\(id).\(timestamp).".utf8)
        signed.append(contentsOf: message.body)
        var sawVersion = false
        for signature in offered.split(separator: " ").prefix(maximumSignatures) where signature.hasPrefix("v1,") {
            sawVersion = true
            guard let code = Data(base64Encoded: String(signature.dropFirst(3))), code.count == SHA256.byteCount else {
                continue
            }
            for secret in connection.secrets
            where secret.key.verifies(Array(code), of: signed) {
                return .notice(try PlainBody.read(message.body, connection))
            }
        }
        guard sawVersion else {
            throw CallbackRefusal(.signatureMalformed, "webhook-signature", "offers no signature of version v1")
        }
        throw CallbackRefusal(
            .signatureMismatch,
            "webhook-signature",
            "no signature holds under this connection's secret: was the body changed, or the secret rotated?"
        )
    }

    private static func header(_ message: SignedMessage, _ name: String) throws(CallbackRefusal) -> String {
        guard let value = message.header(name), !value.isEmpty, value.utf8.count <= 4096 else {
            throw CallbackRefusal(.signatureMissing, name, "the header must be given, once")
        }
        return value
    }
}
