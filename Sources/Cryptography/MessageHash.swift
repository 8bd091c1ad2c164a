import COpenSSL

/// The hash functions that banks and gateways sign with, by OpenSSL.
///
/// SHA-1 is broken for signatures over documents that somebody else chose; it stands here for the senders that use it
/// within an HMAC. MD5 is not offered.
public enum MessageHash: String, Sendable, CaseIterable {
    case sha1, sha256, sha512

    /// The length of a hash in bytes.
    public var byteCount: Int {
        switch self {
        case .sha1: 20
        case .sha256: 32
        case .sha512: 64
        }
    }

    var algorithm: OpaquePointer? {
        switch self {
        case .sha1: EVP_sha1()
        case .sha256: EVP_sha256()
        case .sha512: EVP_sha512()
        }
    }

    /// Hashes a message.
    public func hash(_ message: [UInt8]) -> [UInt8] {
        var hash = [UInt8](repeating: 0, count: byteCount)
        var length = UInt32(byteCount)
        let status = EVP_Digest(message, message.count, &hash, &length, algorithm, nil)
        precondition(status == 1 && Int(length) == byteCount, "OpenSSL could not compute a hash")
        return hash
    }
}
