import Cryptography

/// The key under which a caller may repeat a request, and a hash of the request.
public struct IdempotencyKey: Sendable {
    public let key: String
    public let requestHash: [UInt8]

    public init(key: String, request: [UInt8]) {
        self.key = key
        requestHash = SHA256.hash(request)
    }
}
