import COpenSSL

/// A key that seals secrets at rest: AES-256-GCM (NIST SP 800-38D), by OpenSSL.
public struct SealingKey: Sendable, CustomStringConvertible {
    public static let byteCount = 32
    private static let nonceBytes = 12
    private static let tagBytes = 16

    private let bytes: [UInt8]

    /// Returns `nil` unless there are exactly 32 bytes.
    public init?(_ bytes: [UInt8]) {
        guard bytes.count == SealingKey.byteCount else { return nil }
        self.bytes = bytes
    }

    public var description: String { "(secret)" }

    /// The first hex digits of the key's hash: distinguishes keys without revealing them.
    public var fingerprint: String {
        hexadecimal(SHA256.hash(bytes).prefix(4))
    }

    /// A mark that equal texts share, for those who hold this key alone: HMAC-SHA256 under a key made from it, so that what is
    /// stored says nothing about the text to anybody else, however easily it is guessed.
    public func mark(_ plain: [UInt8]) -> [UInt8] {
        MACKey(MACKey(bytes).sha256(Array("khop: marks of secrets".utf8))).sha256(plain)
    }

    /// Returns nonce, ciphertext and tag, concatenated. Opening requires the same `bound` bytes.
    public func seal(_ plain: [UInt8], bound: [UInt8]) -> [UInt8] {
        let nonce = randomBytes(SealingKey.nonceBytes)
        var sealed = [UInt8](repeating: 0, count: plain.count)
        var tag = [UInt8](repeating: 0, count: SealingKey.tagBytes)
        let isDone = withCipher { context in
            var length: Int32 = 0
            return EVP_EncryptInit_ex(context, EVP_aes_256_gcm(), nil, bytes, nonce) == 1
                && EVP_EncryptUpdate(context, nil, &length, bound, Int32(bound.count)) == 1
                && EVP_EncryptUpdate(context, &sealed, &length, plain, Int32(plain.count)) == 1
                && EVP_EncryptFinal_ex(context, nil, &length) == 1
                && EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, Int32(SealingKey.tagBytes), &tag) == 1
        }
        precondition(isDone, "OpenSSL could not seal")
        return nonce + sealed + tag
    }

    /// Returns the plain bytes, or `nil` if the key is different or any byte was changed.
    public func open(_ sealed: [UInt8], bound: [UInt8]) -> [UInt8]? {
        guard sealed.count >= SealingKey.nonceBytes + SealingKey.tagBytes else { return nil }
        let nonce = Array(sealed.prefix(SealingKey.nonceBytes))
        let body = Array(sealed.dropFirst(SealingKey.nonceBytes).dropLast(SealingKey.tagBytes))
        var tag = Array(sealed.suffix(SealingKey.tagBytes))
        var plain = [UInt8](repeating: 0, count: body.count)
        let isDone = withCipher { context in
            var length: Int32 = 0
            return EVP_DecryptInit_ex(context, EVP_aes_256_gcm(), nil, bytes, nonce) == 1
                && EVP_DecryptUpdate(context, nil, &length, bound, Int32(bound.count)) == 1
                && EVP_DecryptUpdate(context, &plain, &length, body, Int32(body.count)) == 1
                && EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, Int32(SealingKey.tagBytes), &tag) == 1
                && EVP_DecryptFinal_ex(context, nil, &length) == 1
        }
        return isDone ? plain : nil
    }

    private func withCipher(_ body: (OpaquePointer) -> Bool) -> Bool {
        guard let context = EVP_CIPHER_CTX_new() else { return false }
        defer { EVP_CIPHER_CTX_free(context) }
        return body(context)
    }
}
