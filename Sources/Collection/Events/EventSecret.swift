import Cryptography
import Values

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The secret that signs an endpoint's events, as Standard Webhooks defines it: `whsec_` and the key in base64.
public struct EventSecret: Sendable, CustomStringConvertible {
    private static let prefix = "whsec_"
    /// The lengths of a key that Standard Webhooks allows, in bytes.
    private static let byteCounts = 24...64

    private let key: MACKey

    /// A new one, of 32 random bytes.
    public static func random() -> EventSecret { EventSecret(key: .random()) }

    private init(key: MACKey) { self.key = key }

    /// Reads a secret from its text; the prefix may be missing.
    public init(_ text: String) throws {
        let encoded = text.hasPrefix(EventSecret.prefix) ? String(text.dropFirst(EventSecret.prefix.count)) : text
        guard let data = Data(base64Encoded: encoded), EventSecret.byteCounts.contains(data.count),
            // Chosen at random, so many bytes are rarely the same.
            Set(data).count >= 12
        else {
            throw ServiceError(
                .invalidParameter,
                at: "secret",
                Phrase(
                    vi: "khóa bí mật gồm whsec_ và 24 đến 64 byte ngẫu nhiên viết theo base64",
                    en: "a secret is whsec_ and 24 to 64 random bytes in base64"
                )
            )
        }
        key = MACKey(Array(data))
    }

    public var description: String { "(secret)" }

    /// The text of the secret, for handing it out or sealing it.
    var text: String { EventSecret.prefix + key.withBytes { Data($0).base64EncodedString() } }

    /// The signature of a message: `v1,` and the HMAC-SHA256 over id, timestamp and body in base64.
    ///
    /// - Parameter timestamp: when it is sent, in Unix seconds.
    public func signature(id: String, timestamp: Int64, body: [UInt8]) -> String {
        "v1," + Data(key.sha256(Array("\(id).\(timestamp).".utf8) + body)).base64EncodedString()
    }
}
