import Cryptography
import Values

/// A secret of a connection; never printed.
public struct CallbackSecret: Sendable, CustomStringConvertible {
    let key: MACKey
    /// The public half, which the signature covers but messages omit (MoMo, Viettel Money); empty for other profiles.
    let accessKey: String
    /// The sender's public key, where it signs with a private one.
    private(set) var publicKey: RSAKey?
    /// Our own private key, where answers are signed.
    private(set) var ownKey: RSAKey?

    /// When the sender's certificate ends, in Unix seconds; `nil` for other secrets and bare keys.
    public var endsAt: Int64? { publicKey?.endsAt }

    public var description: String { "(secret)" }

    /// Shorter texts and keys must be typing mistakes: no provider issues them.
    private static let minimumTextBytes = 8
    private static let minimumKeyBytes = 16

    /// Reads a secret from its text, as issued by the provider.
    ///
    /// `standard`: `whsec_` (optional) and base64; `rfc9421`: base64; `momo` and `viettel`: `ACCESSKEY:SECRETKEY`;
    /// `onepay`: hex digits; `vietinbank`: keys in PEM; others: the text itself. Throws `.fieldInvalid` for `secret`, without quoting it.
    public init(profile: CallbackProfile, text: String) throws(CallbackRefusal) {
        try self.init(profile.secretForm, text)
    }

    private init(_ form: Dialect.SecretForm, _ text: String) throws(CallbackRefusal) {
        switch form {
        case .text: (key, accessKey) = (try CallbackSecret.plain(text[...]), "")
        case .base64(let prefix):
            let form = Phrase(
                vi:
                    "\(prefix.isEmpty ? "" : prefix + " và ")ít nhất \(CallbackSecret.minimumKeyBytes) byte viết theo base64",
                en:
                    "\(prefix.isEmpty ? "" : prefix + " and ")at least \(CallbackSecret.minimumKeyBytes) bytes in base64"
            )
            let encoded = text.hasPrefix(prefix) ? text.dropFirst(prefix.count) : text[...]
            (key, accessKey) = (try CallbackSecret.decoded(encoded, form), "")
        case .hex:
            guard let decoded = bytes(hex: text), decoded.count >= CallbackSecret.minimumKeyBytes else {
                throw CallbackSecret.malformed(
                    Phrase(
                        vi: "ít nhất \(CallbackSecret.minimumKeyBytes) byte viết theo chữ số thập lục phân",
                        en: "at least \(CallbackSecret.minimumKeyBytes) bytes in hex digits"
                    )
                )
            }
            (key, accessKey) = (MACKey(decoded), "")
        case .pair:
            guard let colon = text.firstIndex(of: ":"), colon != text.startIndex else {
                throw CallbackSecret.malformed(
                    Phrase(
                        vi: "ACCESSKEY:SECRETKEY, cả hai do nhà cung cấp cấp",
                        en: "ACCESSKEY:SECRETKEY, both from the provider"
                    )
                )
            }
            key = try CallbackSecret.plain(text[text.index(after: colon)...])
            accessKey = String(text[..<colon])
        case .pem(let signsAnswers):
            let blocks = CallbackSecret.blocks(text)
            let keys = blocks.compactMap { RSAKey.read(pem: $0) }
            guard keys.count == blocks.count, keys.count == (signsAnswers ? 2 : 1), keys.first?.isPrivate == false,
                !signsAnswers || keys.last?.isPrivate == true
            else {
                throw CallbackSecret.malformed(
                    Phrase(
                        vi:
                            "khóa công khai hoặc chứng thư RSA từ \(RSAKey.minimumBits) bit của ngân hàng viết theo PEM\(signsAnswers ? ", sau đó là khóa riêng của bên ta" : "")",
                        en:
                            "the bank's RSA public key or certificate of at least \(RSAKey.minimumBits) bits in PEM\(signsAnswers ? ", followed by our own private key" : "")"
                    )
                )
            }
            (key, accessKey) = (MACKey(Array(text.utf8)), "")
            publicKey = keys.first
            ownKey = signsAnswers ? keys.last : nil
        }
    }

    /// A key that nobody handed out.
    init(key: MACKey, accessKey: String) { (self.key, self.accessKey) = (key, accessKey) }

    /// The blocks of a text in PEM, each from its first line to its last.
    private static func blocks(_ text: String) -> [String] {
        var blocks: [String] = []
        for line in text.split(whereSeparator: \.isNewline) {
            if line.hasPrefix("-----BEGIN ") { blocks.append("") }
            guard !blocks.isEmpty else { continue }
            blocks[blocks.count - 1] += line + "\n"
        }
        return blocks
    }

    private static func malformed(_ form: Phrase) -> CallbackRefusal {
        CallbackRefusal(
            .fieldInvalid,
            "secret",
            Phrase(vi: "khóa bí mật phải là \(form[.vietnamese])", en: "the secret must be \(form[.english])")
        )
    }

    /// Throws for a secret that cannot be random: a few characters repeated, such as spaces or zeros, a run such as
    /// `12345678`, or a word with which people try whether something works.
    ///
    /// Called when a connection is set up. The length says little: gateways issue keys of 11 and 13 characters.
    public func checkStrength() throws(CallbackRefusal) {
        // A key pair is no word; its length was checked.
        guard publicKey != nil || key.withBytes(CallbackSecret.mayBeRandom) else {
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
            throw malformed(form)
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
