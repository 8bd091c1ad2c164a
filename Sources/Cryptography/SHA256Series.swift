import COpenSSL

/// SHA-256 of many short texts, one after another: the algorithm is looked up once and not for each.
public final class SHA256Series {
    private let context: OpaquePointer

    public init() {
        guard let context = EVP_MD_CTX_new(), EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1 else {
            preconditionFailure("OpenSSL has no SHA-256, or no memory is left")
        }
        self.context = context
    }

    deinit { EVP_MD_CTX_free(context) }

    /// Writes the hash of one byte and the bytes after it.
    ///
    /// - Parameters:
    ///   - bytes: may overlap `hash`.
    ///   - hash: 32 bytes.
    public func hash(prefix: UInt8, _ bytes: UnsafeRawBufferPointer, into hash: UnsafeMutableRawPointer) {
        var prefix = prefix
        let isDone =
            EVP_DigestInit_ex(context, nil, nil) == 1 && EVP_DigestUpdate(context, &prefix, 1) == 1
            && EVP_DigestUpdate(context, bytes.baseAddress, bytes.count) == 1
            && EVP_DigestFinal_ex(context, hash.assumingMemoryBound(to: UInt8.self), nil) == 1
        precondition(isDone, "OpenSSL could not hash")
    }
}
