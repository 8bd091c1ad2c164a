import COpenSSL

/// SHA-256 (FIPS 180-4), by OpenSSL.
public struct SHA256: ~Copyable {
    public static let byteCount = 32

    private let context: OpaquePointer

    /// Starts a hash over data that arrives in pieces.
    public init() {
        guard let context = EVP_MD_CTX_new(), EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1 else {
            preconditionFailure("OpenSSL has no SHA-256, or no memory is left")
        }
        self.context = context
    }

    deinit { EVP_MD_CTX_free(context) }

    public mutating func update(_ piece: [UInt8]) {
        let status = EVP_DigestUpdate(context, piece, piece.count)
        precondition(status == 1, "OpenSSL could not hash")
    }

    /// Returns the hash of all pieces; nothing can be added afterwards.
    public consuming func finish() -> [UInt8] {
        var hash = [UInt8](repeating: 0, count: SHA256.byteCount)
        let status = EVP_DigestFinal_ex(context, &hash, nil)
        precondition(status == 1, "OpenSSL could not hash")
        return hash
    }

    /// Returns the hash of the bytes.
    public static func hash(_ bytes: [UInt8]) -> [UInt8] {
        var hash = [UInt8](repeating: 0, count: byteCount)
        _ = COpenSSL.SHA256(bytes, bytes.count, &hash)
        return hash
    }
}
