public import Crypto

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Keeps the secrets of bank connections: AES-256-GCM under a key that never stands in the database.
public struct SecretBox: Sendable {
    private let key: SymmetricKey
    /// The first 8 hex digits of the key's hash, kept beside each secret to know which key opens it.
    public let keyID: String

    public init(key: SymmetricKey) {
        self.key = key
        let hash = key.withUnsafeBytes { SHA256.hash(data: $0) }
        keyID = hash.prefix(4).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }

    /// Reads a key of 32 bytes in base64.
    public init(base64: String) throws {
        guard let data = Data(base64Encoded: base64.trimming()), data.count == 32 else {
            throw ServiceError(
                .invalidParameter,
                "The secret key must be 32 bytes in base64: `openssl rand -base64 32`."
            )
        }
        self.init(key: SymmetricKey(data: data))
    }

    public static func newKeyBase64() -> String {
        SymmetricKey(size: .bits256).withUnsafeBytes { Data($0).base64EncodedString() }
    }

    func seal(_ secret: String, for connection: String) throws -> [UInt8] {
        // The connection's name is authenticated with the secret, so that one cannot be moved to another connection.
        guard
            let sealed = try AES.GCM.seal(Data(secret.utf8), using: key, authenticating: Data(connection.utf8)).combined
        else { throw ServiceError(.internalFailure, "The secret could not be sealed.") }
        return Array(sealed)
    }

    func open(_ sealed: [UInt8], for connection: String) throws -> String {
        do {
            let box = try AES.GCM.SealedBox(combined: Data(sealed))
            let plain = try AES.GCM.open(box, using: key, authenticating: Data(connection.utf8))
            return String(decoding: plain, as: UTF8.self)
        } catch {
            throw ServiceError(
                .internalFailure,
                "The secret of the connection \(connection) does not open under the key \(keyID): is KHOP_SECRET_KEY the one it was added with?"
            )
        }
    }
}

extension String {
    /// Without white space at its ends.
    func trimming() -> String {
        var slice = self[...]
        while slice.first?.isWhitespace == true { slice.removeFirst() }
        while slice.last?.isWhitespace == true { slice.removeLast() }
        return String(slice)
    }
}
