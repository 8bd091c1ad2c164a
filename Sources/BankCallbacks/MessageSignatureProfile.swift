import Cryptography
import Values

/// HTTP Message Signatures (RFC 9421) with `hmac-sha256`: the signature covers at least the method, the target of the
/// request and the body's digest (RFC 9530), states its time, and names the connection as its key.
enum MessageSignatureProfile {
    private static let digestHeader = "content-digest"
    private static let inputHeader = "signature-input"
    private static let signatureHeader = "signature"

    static func verify(
        _ message: SignedMessage,
        _ connection: ConnectionSettings,
        _ now: Instant
    ) throws(CallbackRefusal) -> CallbackContent {
        let inputs = try SignatureInput.all(message.signatureHeader(inputHeader))
        guard let signatures = StructuredFields.dictionary(try message.signatureHeader(signatureHeader)) else {
            throw .unproved(
                .signatureMalformed,
                signatureHeader,
                Phrase(vi: "phải là từ điển theo RFC 9421", en: "must be a dictionary as RFC 9421 defines it")
            )
        }
        // Proxies add their own signatures: only those made with our key are considered.
        var refusal = CallbackRefusal.unproved(
            .signatureMissing,
            inputHeader,
            Phrase(
                vi: "không chữ ký nào có keyid “\(connection.name)”, là tên kết nối",
                en: "no signature has the keyid “\(connection.name)”, the connection's name"
            )
        )
        for (label, input) in inputs where input.string("keyid") == connection.name {
            let member = signatures.first { $0.name == label }?.member
            do {
                try check(input, member, message, connection, now)
                return .notice(try PlainBody.read(message.body, connection))
            } catch {
                guard error.isUnproved else { throw error }
                refusal = error
            }
        }
        throw refusal
    }

    private static func check(
        _ input: SignatureInput,
        _ member: StructuredFields.Member?,
        _ message: SignedMessage,
        _ connection: ConnectionSettings,
        _ now: Instant
    ) throws(CallbackRefusal) {
        guard case .item(let item)? = member, case .bytes(let code) = item.value else {
            throw .unproved(
                .signatureMalformed,
                signatureHeader,
                Phrase(vi: "phải có chữ ký mà phần input mô tả", en: "must have the signature that the input describes")
            )
        }
        guard input.components.contains("@method"), input.components.contains(digestHeader),
            input.components.contains("@target-uri") || input.components.contains("@path")
        else {
            throw .unproved(
                .signatureMalformed,
                inputHeader,
                Phrase(
                    vi: "phải bao gồm @method, content-digest, và @target-uri hoặc @path",
                    en: "must cover @method, content-digest, and @target-uri or @path"
                )
            )
        }
        if input.has("alg"), input.string("alg") != "hmac-sha256" {
            throw .unproved(
                .signatureMalformed,
                inputHeader,
                Phrase(vi: "thuật toán phải là hmac-sha256", en: "the algorithm must be hmac-sha256")
            )
        }
        try checkTimes(input, now)
        try checkDigest(message)
        // A proxy that terminates TLS hides the scheme; the signer used one of the two.
        for scheme in message.scheme.map({ [$0.lowercased()] }) ?? ["https", "http"] {
            if connection.provesSHA256(code, of: try message.signatureBase(input, scheme: scheme)) { return }
        }
        throw .mismatch(signatureHeader)
    }

    private static func checkTimes(_ input: SignatureInput, _ now: Instant) throws(CallbackRefusal) {
        guard let created = input.integer("created") else {
            throw .unproved(
                .signatureMalformed,
                inputHeader,
                Phrase(vi: "phải có created, là số giây Unix nguyên", en: "must have created, in whole Unix seconds")
            )
        }
        try checkWindow(created, now, header: inputHeader)
        guard input.has("expires") else { return }
        guard let expires = input.integer("expires") else {
            throw .unproved(
                .signatureMalformed,
                inputHeader,
                Phrase(vi: "expires phải là số giây Unix nguyên", en: "expires must be whole Unix seconds")
            )
        }
        guard expires >= now.unixSeconds else {
            throw .unproved(
                .timestampOutOfWindow,
                inputHeader,
                Phrase(
                    vi: "chữ ký đã hết hạn: hãy ký lại thông điệp",
                    en: "the signature has expired: sign the message again"
                )
            )
        }
    }

    /// Checks that the signed digest is the body's; algorithms other than sha-256 are ignored.
    private static func checkDigest(_ message: SignedMessage) throws(CallbackRefusal) {
        guard let digests = StructuredFields.dictionary(try message.signatureHeader(digestHeader)),
            case .item(let item)? = digests.first(where: { $0.name == "sha-256" })?.member,
            case .bytes(let digest) = item.value
        else {
            throw .unproved(
                .signatureMalformed,
                digestHeader,
                Phrase(vi: "phải có sha-256 theo RFC 9530", en: "must have sha-256 as RFC 9530 defines it")
            )
        }
        guard areEqual(digest, SHA256.hash(message.body)) else {
            throw .unproved(
                .signatureMismatch,
                digestHeader,
                Phrase(
                    vi: "không phải là mã băm của nội dung: nội dung có bị thay đổi trên đường không?",
                    en: "is not the digest of the body: was it changed on the way?"
                )
            )
        }
    }
}
