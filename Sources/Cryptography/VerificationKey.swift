import COpenSSL

/// A public key that proves signatures by Ed25519 (RFC 8032), by OpenSSL.
public struct VerificationKey: Sendable, Hashable {
    public static let byteCount = 32

    public let bytes: [UInt8]

    /// Returns `nil` unless there are exactly 32 bytes.
    public init?(_ bytes: [UInt8]) {
        guard bytes.count == VerificationKey.byteCount else { return nil }
        self.bytes = bytes
    }

    /// The first four bytes of the key's hash: tells keys apart.
    public var fingerprint: [UInt8] { Array(SHA256.hash(bytes).prefix(4)) }

    /// Whether a signature is the holder's of a message.
    public func verifies(_ signature: [UInt8], of message: [UInt8]) -> Bool {
        guard signature.count == 64,
            let key = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nil, bytes, bytes.count)
        else { return false }
        let context = EVP_MD_CTX_new()
        defer {
            EVP_MD_CTX_free(context)
            EVP_PKEY_free(key)
        }
        return EVP_DigestVerifyInit(context, nil, nil, nil, key) == 1
            && EVP_DigestVerify(context, signature, signature.count, message, message.count) == 1
    }
}
