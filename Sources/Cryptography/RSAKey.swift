import COpenSSL

/// A key of RSA (PKCS #1 v1.5, RFC 8017) by OpenSSL: a bank's public one, or a private one of our own. Never printed.
public final class RSAKey: Sendable, CustomStringConvertible {
    /// Shorter keys can be factored.
    public static let minimumBits = 2048
    /// The most characters of a key or a certificate in PEM.
    public static let maximumCharacters = 20_000

    // Never changed after it is made, and OpenSSL counts its own references under a lock.
    private nonisolated(unsafe) let key: OpaquePointer
    /// Whether it signs; else it only verifies.
    public let isPrivate: Bool
    /// The end of a certificate's validity in Unix seconds; `nil` for a bare key.
    public let endsAt: Int64?

    public var description: String { "(RSA key)" }

    private init(_ key: OpaquePointer, isPrivate: Bool, endsAt: Int64?) {
        self.key = key
        self.isPrivate = isPrivate
        self.endsAt = endsAt
    }

    deinit { EVP_PKEY_free(key) }

    /// Reads a key or a certificate in PEM; `nil` for anything else, for other kinds of keys, and for short ones.
    public static func read(pem: String) -> RSAKey? {
        guard pem.utf8.count <= maximumCharacters else { return nil }
        // OpenSSL reads from where the text lies, so that it must lie there until the key is read.
        return Array(pem.utf8).withUnsafeBufferPointer { read($0, pem) }
    }

    private static func read(_ bytes: UnsafeBufferPointer<UInt8>, _ pem: String) -> RSAKey? {
        guard let source = BIO_new_mem_buf(bytes.baseAddress, Int32(bytes.count)) else { return nil }
        defer { BIO_free(source) }
        var endsAt: Int64?
        var found: OpaquePointer?
        var isPrivate = false
        if pem.contains("BEGIN CERTIFICATE") {
            guard let certificate = PEM_read_bio_X509(source, nil, nil, nil) else { return nil }
            defer { X509_free(certificate) }
            endsAt = seconds(X509_get0_notAfter(certificate))
            found = X509_get_pubkey(certificate)
        } else if pem.contains("PRIVATE KEY") {
            // An encrypted key would otherwise ask at the terminal.
            found = PEM_read_bio_PrivateKey(source, nil, { _, _, _, _ in 0 }, nil)
            isPrivate = true
        } else {
            found = PEM_read_bio_PUBKEY(source, nil, nil, nil)
        }
        guard let key = found else { return nil }
        guard EVP_PKEY_get_base_id(key) == EVP_PKEY_RSA, EVP_PKEY_get_bits(key) >= Int32(minimumBits) else {
            EVP_PKEY_free(key)
            return nil
        }
        return RSAKey(key, isPrivate: isPrivate, endsAt: endsAt)
    }

    private static func seconds(_ time: UnsafePointer<ASN1_TIME>?) -> Int64? {
        var parts = tm()
        guard let time, ASN1_TIME_to_tm(time, &parts) == 1 else { return nil }
        return Int64(timegm(&parts))
    }

    /// Whether a signature is the holder's of a message.
    public func verifies(_ signature: [UInt8], of message: [UInt8], _ hash: MessageHash) -> Bool {
        let context = EVP_MD_CTX_new()
        defer { EVP_MD_CTX_free(context) }
        let isValid =
            EVP_DigestVerifyInit(context, nil, hash.algorithm, nil, key) == 1
            && EVP_DigestVerify(context, signature, signature.count, message, message.count) == 1
        // What did not verify leaves a note on the thread that the next call would find.
        if !isValid { ERR_clear_error() }
        return isValid
    }

    /// Signs a message; `nil` for a public key.
    public func sign(_ message: [UInt8], _ hash: MessageHash) -> [UInt8]? {
        guard isPrivate else { return nil }
        let context = EVP_MD_CTX_new()
        defer { EVP_MD_CTX_free(context) }
        var length = 0
        guard EVP_DigestSignInit(context, nil, hash.algorithm, nil, key) == 1,
            EVP_DigestSign(context, nil, &length, message, message.count) == 1
        else { return nil }
        var signature = [UInt8](repeating: 0, count: length)
        guard EVP_DigestSign(context, &signature, &length, message, message.count) == 1 else { return nil }
        return Array(signature.prefix(length))
    }
}
