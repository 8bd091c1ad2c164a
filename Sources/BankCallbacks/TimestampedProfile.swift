import Cryptography
import Values

/// A header `t=<Unix seconds>,v1=<hex HMAC-SHA256 of t.body>`, the form Stripe made common; any `v1` may match.
enum TimestampedProfile {
    static let defaultHeader = "X-Signature"
    private static let maximumSignatures = 16

    static func verify(
        _ message: SignedMessage,
        _ connection: ConnectionSettings,
        _ now: Instant
    ) throws(CallbackRefusal) -> CallbackContent {
        let name = connection.signatureHeader ?? defaultHeader
        guard let value = message.header(name.lowercased()), value.utf8.count <= 4096 else {
            throw CallbackRefusal(.signatureMissing, name, "the header must be given, once")
        }
        var timestamp: Substring?
        var signatures: [Substring] = []
        for part in value.split(separator: ",").prefix(maximumSignatures + 1) {
            let trimmed = part.drop { $0 == " " }
            if trimmed.hasPrefix("t="), timestamp == nil { timestamp = trimmed.dropFirst(2) }
            if trimmed.hasPrefix("v1=") { signatures.append(trimmed.dropFirst(3)) }
        }
        guard let timestamp, let seconds = wholeNumber(timestamp), !signatures.isEmpty else {
            throw CallbackRefusal(.signatureMalformed, name, "must be like t=<Unix seconds>,v1=<hex>")
        }
        try checkWindow(seconds, now, header: name)
        var signed = Array("\(timestamp).".utf8)
        signed.append(contentsOf: message.body)
        for code in signatures.compactMap({ bytes(hex: $0) }) where code.count == SHA256.byteCount {
            for secret in connection.secrets
            where secret.key.verifies(code, of: signed) {
                return .notice(try PlainBody.read(message.body, connection))
            }
        }
        throw CallbackRefusal(
            .signatureMismatch,
            name,
            "no signature holds under this connection's secret: was the body changed, or the secret rotated?"
        )
    }
}
