import Cryptography
import Values

/// A secret of a connection; never printed.
public struct CallbackSecret: Sendable, CustomStringConvertible {
    let key: MACKey
    /// MoMo's public access key, which its signature covers but its body omits; empty for other profiles.
    let accessKey: String

    public var description: String { "(secret)" }

    /// Shorter texts and keys must be typing mistakes: no provider issues them.
    private static let minimumTextBytes = 8
    private static let minimumKeyBytes = 16

    /// Reads a secret from its text, as issued by the provider.
    ///
    /// `standard`: `whsec_` (optional) and base64; `rfc9421`: base64; `momo`: `ACCESSKEY:SECRETKEY`; others: the text
    /// itself. Throws `.fieldInvalid` for `secret`, without quoting it.
    public init(profile: CallbackProfile, text: String) throws(CallbackRefusal) {
        switch profile {
        case .standard:
            let encoded = text.hasPrefix("whsec_") ? text.dropFirst(6) : text[...]
            key = try CallbackSecret.decoded(
                encoded,
                Phrase(
                    vi: "whsec_ và ít nhất 16 byte viết theo base64, như ngân hàng đã cấp",
                    en: "whsec_ and at least 16 bytes in base64, as the bank gave it"
                )
            )
            accessKey = ""
        case .rfc9421:
            key = try CallbackSecret.decoded(
                text[...],
                Phrase(vi: "ít nhất 16 byte viết theo base64", en: "at least 16 bytes in base64")
            )
            accessKey = ""
        case .momo:
            guard let colon = text.firstIndex(of: ":"), colon != text.startIndex else {
                throw CallbackRefusal(
                    .fieldInvalid,
                    "secret",
                    Phrase(
                        vi: "khóa bí mật phải là ACCESSKEY:SECRETKEY, cả hai do MoMo cấp",
                        en: "the secret must be ACCESSKEY:SECRETKEY, both from MoMo"
                    )
                )
            }
            key = try CallbackSecret.plain(text[text.index(after: colon)...])
            accessKey = String(text[..<colon])
        case .payos, .vnpay, .zalopay, .casso, .timestamped:
            key = try CallbackSecret.plain(text[...])
            accessKey = ""
        }
    }

    /// Throws for a secret that cannot be random: a few characters repeated, such as spaces or zeros, a run such as
    /// `12345678`, or a word with which people try whether something works.
    ///
    /// Called when a connection is set up. The length says little: gateways issue keys of 11 and 13 characters.
    public func checkStrength() throws(CallbackRefusal) {
        guard key.withBytes(CallbackSecret.mayBeRandom) else {
            throw CallbackRefusal(
                .fieldInvalid,
                "secret",
                Phrase(
                    vi: "khóa bí mật quá dễ đoán: hãy dùng khóa mà nhà cung cấp đã cấp",
                    en: "the secret is easily guessed: take the one that the provider handed out"
                )
            )
        }
    }

    /// A random key of eight characters has fewer than five different ones once in ten thousand times if they are digits, and
    /// never in practice otherwise.
    private static func mayBeRandom(_ bytes: [UInt8]) -> Bool {
        guard Set(bytes).count >= 5 else { return false }
        let steps = zip(bytes, bytes.dropFirst()).map { Int($1) - Int($0) }
        guard Set(steps).count > 1 else { return false }
        let text = String(decoding: bytes, as: UTF8.self).lowercased()
        let letters = text.filter(\.isLetter)
        return !guesses.contains(text) && !(letters.count * 2 >= text.count && guesses.contains(letters))
    }

    private static let guesses: Set<String> = [
        "password", "passw0rd", "secret", "secretkey", "changeme", "qwertyuiop", "qwerty", "iloveyou", "matkhau",
        "letmein",
        "test", "testtest", "default", "administrator", "admin", "example", "1234567890", "0123456789", "khop",
    ]

    /// The bytes that messages are signed with, for the one who compares secrets.
    public func withKey<Value>(_ body: ([UInt8]) throws -> Value) rethrows -> Value { try key.withBytes(body) }

    private static func decoded(_ text: Substring, _ form: Phrase) throws(CallbackRefusal) -> MACKey {
        guard let bytes = bytes(base64: text), bytes.count >= minimumKeyBytes else {
            throw CallbackRefusal(
                .fieldInvalid,
                "secret",
                Phrase(vi: "khóa bí mật phải là \(form[.vietnamese])", en: "the secret must be \(form[.english])")
            )
        }
        return MACKey(bytes)
    }

    private static func plain(_ text: Substring) throws(CallbackRefusal) -> MACKey {
        guard text.utf8.count >= minimumTextBytes else {
            throw CallbackRefusal(
                .fieldInvalid,
                "secret",
                Phrase(
                    vi: "khóa bí mật phải có ít nhất \(minimumTextBytes) ký tự",
                    en: "the secret must have at least \(minimumTextBytes) characters"
                )
            )
        }
        return MACKey(Array(text.utf8))
    }
}
