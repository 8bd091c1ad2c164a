import COpenSSL

/// A private key for signatures by Ed25519 (RFC 8032), by OpenSSL; never printed.
public struct SigningKey: Sendable, CustomStringConvertible {
    /// The length of the seed from which the key is derived.
    public static let byteCount = 32

    private let seed: [UInt8]
    public let verification: VerificationKey

    /// Derives the key from its seed; `nil` unless there are exactly 32 bytes.
    public init?(_ seed: [UInt8]) {
        guard seed.count == SigningKey.byteCount,
            let key = EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nil, seed, seed.count)
        else { return nil }
        defer { EVP_PKEY_free(key) }
        var bytes = [UInt8](repeating: 0, count: VerificationKey.byteCount)
        var length = bytes.count
        guard EVP_PKEY_get_raw_public_key(key, &bytes, &length) == 1, let verification = VerificationKey(bytes) else {
            return nil
        }
        self.seed = seed
        self.verification = verification
    }

    /// Generates a random key.
    public static func random() -> SigningKey {
        guard let key = SigningKey(randomBytes(byteCount)) else { preconditionFailure("OpenSSL has no Ed25519") }
        return key
    }

    public var description: String { "(secret)" }

    /// Passes the seed to the body, for code that stores the key.
    public func withSeed<Value>(_ body: ([UInt8]) throws -> Value) rethrows -> Value { try body(seed) }

    /// Returns the signature of a message: 64 bytes, always the same for one key and message.
    public func sign(_ message: [UInt8]) -> [UInt8] {
        var signature = [UInt8](repeating: 0, count: 64)
        var length = signature.count
        let key = EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nil, seed, seed.count)
        let context = EVP_MD_CTX_new()
        defer {
            EVP_MD_CTX_free(context)
            EVP_PKEY_free(key)
        }
        let isSigned =
            EVP_DigestSignInit(context, nil, nil, nil, key) == 1
            && EVP_DigestSign(context, &signature, &length, message, message.count) == 1
        precondition(isSigned, "OpenSSL could not sign")
        return signature
    }
}
