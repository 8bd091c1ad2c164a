import COpenSSL

/// A secret shared with the signer; never printed.
public struct MACKey: Sendable, CustomStringConvertible {
    private let bytes: [UInt8]

    public init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Generates a random key.
    public static func random(byteCount: Int = 32) -> MACKey { MACKey(randomBytes(byteCount)) }

    public var description: String { "(secret)" }

    /// Passes the key's bytes to the body, for code that issues or stores the key.
    public func withBytes<Value>(_ body: ([UInt8]) throws -> Value) rethrows -> Value { try body(bytes) }

    /// Returns the HMAC-SHA256 (RFC 2104) of a message.
    public func sha256(_ message: [UInt8]) -> [UInt8] { code(EVP_sha256(), byteCount: SHA256.byteCount, message) }

    /// Returns the HMAC-SHA1 of a message, which one-time codes (RFC 6238) are made of.
    public func sha1(_ message: [UInt8]) -> [UInt8] { code(EVP_sha1(), byteCount: 20, message) }

    /// Returns the HMAC-SHA512 of a message, which VNPAY and Casso use.
    public func sha512(_ message: [UInt8]) -> [UInt8] { code(EVP_sha512(), byteCount: 64, message) }

    /// Returns the HMAC of a message under a hash function.
    public func code(of message: [UInt8], _ hash: MessageHash) -> [UInt8] {
        code(hash.algorithm, byteCount: hash.byteCount, message)
    }

    private func code(_ hash: OpaquePointer?, byteCount: Int, _ message: [UInt8]) -> [UInt8] {
        var code = [UInt8](repeating: 0, count: byteCount)
        var length = UInt32(byteCount)
        let result = HMAC(hash, bytes, Int32(bytes.count), message, message.count, &code, &length)
        precondition(result != nil, "OpenSSL could not compute an HMAC")
        return code
    }

    /// Whether a code is the message's HMAC-SHA256, compared in constant time.
    public func verifies(_ code: [UInt8], of message: [UInt8]) -> Bool { areEqual(code, sha256(message)) }

    /// Whether a code is the message's HMAC-SHA512, compared in constant time.
    public func verifiesSHA512(_ code: [UInt8], of message: [UInt8]) -> Bool { areEqual(code, sha512(message)) }
}

/// Compares in a time that depends only on the lengths.
public func areEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    left.count == right.count && CRYPTO_memcmp(left, right, left.count) == 0
}

/// Returns cryptographically secure random bytes.
public func randomBytes(_ count: Int) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    let status = RAND_bytes(&bytes, Int32(count))
    precondition(status == 1, "the system gave no random bytes")
    return bytes
}
