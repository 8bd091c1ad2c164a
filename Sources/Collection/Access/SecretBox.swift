import BankCallbacks
import Cryptography
import Values

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Seals the secrets of bank connections with AES-256-GCM, under a key that is never in the database.
public struct SecretBox: Sendable {
    private let key: SealingKey

    /// Stored with each secret, to identify the key that opens it.
    public var keyID: String { key.fingerprint }

    /// Reads a key of 32 bytes in base64.
    public init(base64: String) throws {
        // Thirty-two random bytes have fewer than sixteen different ones never in practice.
        guard let data = Data(base64Encoded: base64.trimming()), Set(data).count >= 16,
            let key = SealingKey(Array(data))
        else {
            throw ServiceError(
                .invalidParameter,
                Phrase(
                    vi: "Khóa niêm phong phải gồm 32 byte ngẫu nhiên viết theo base64: `openssl rand -base64 32`.",
                    en: "The secret key must be 32 random bytes in base64: `openssl rand -base64 32`."
                )
            )
        }
        self.key = key
    }

    public static func newKeyBase64() -> String { Data(randomBytes(SealingKey.byteCount)).base64EncodedString() }

    /// What the password of an agency's provider of receipts is bound to: it cannot be opened for another agency.
    static func platform(_ connection: String) -> String { "platform:\(connection)" }

    static func receiptProvider(_ agency: String) -> String { "receipt-provider:\(agency)" }

    // The connection's name is bound to the secret, so that it cannot be moved to another connection.

    func seal(_ secret: String, for connection: String) -> [UInt8] {
        key.seal(Array(secret.utf8), bound: Array(connection.utf8))
    }

    /// A mark that is the same for equal secrets under this key, stored with each to find duplicates.
    func mark(_ secret: CallbackSecret) -> [UInt8] { secret.withKey { key.mark($0) } }

    /// A mark that an address of a payer has under this key alone, by which one that asked for silence is known again.
    func mark(ofContact address: String, by channel: String) -> [UInt8] {
        key.mark(Array("contact:\(channel):\(address)".utf8))
    }

    /// What the link of a contact for unsubscribing ends in: nobody without this key can make it.
    func code(ofContact id: Int64) -> [UInt8] { Array(key.mark(Array("unsubscribe:\(id)".utf8)).prefix(16)) }

    func open(_ sealed: [UInt8], for connection: String) throws -> String {
        guard let plain = key.open(sealed, bound: Array(connection.utf8)) else {
            throw ServiceError(
                .internalFailure,
                Phrase(
                    vi:
                        "Khóa \(keyID) không mở được khóa bí mật của kết nối \(connection): KHOP_SECRET_KEY có đúng là khóa lúc thêm kết nối không?",
                    en:
                        "The secret of the connection \(connection) does not open under the key \(keyID): is KHOP_SECRET_KEY the one it was added with?"
                )
            )
        }
        return String(decoding: plain, as: UTF8.self)
    }
}
