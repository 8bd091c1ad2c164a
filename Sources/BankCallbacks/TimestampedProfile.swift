import Values

/// A header `t=<Unix seconds>,v1=<hex HMAC-SHA256 of t.body>`, a form that Stripe made common; any `v1` may match.
enum TimestampedProfile {
    static let defaultHeader = "X-Signature"

    static func verify(
        _ message: SignedMessage,
        _ connection: ConnectionSettings,
        _ now: Instant
    ) throws(CallbackRefusal) -> CallbackContent {
        let name = connection.signatureHeader ?? defaultHeader
        let header = try TimestampedHeader(message.signatureHeader(name), name: name, unit: "seconds")
        try checkWindow(header.time, now, header: name)
        let signed = header.timestamp + [UInt8(ascii: ".")] + message.body
        guard header.codes.contains(where: { connection.provesSHA256($0, of: signed) }) else { throw .mismatch(name) }
        return .notice(try PlainBody.read(message.body, connection))
    }
}
