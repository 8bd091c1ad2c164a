import Cryptography
public import Values

/// A bank or gateway that is played: it writes what the senders of a profile send, signed with their secret, so that an
/// installation can be tried before a bank does.
public struct PlayedBank: Sendable {
    let profile: CallbackProfile
    let secret: CallbackSecret
    /// The connection's name, which is the key's in RFC 9421.
    let connection: String
    /// The header of the signature, for profiles that do not prescribe one.
    let signatureHeader: String?

    /// Those that can be played: all but the ones who sign with a private key of their own, which nobody else has.
    public static let profiles = CallbackProfile.allCases.filter { profile in
        if case .rsa? = profile.dialect?.scheme.proof { false } else { true }
    }

    /// Returns `nil` for a profile that cannot be played.
    public init?(_ profile: CallbackProfile, secret: CallbackSecret, connection: String, signatureHeader: String? = nil)
    {
        guard PlayedBank.profiles.contains(profile) else { return nil }
        self.profile = profile
        self.secret = secret
        self.connection = connection
        self.signatureHeader = signatureHeader
    }

    /// The same sender with a secret that is not the connection's.
    public func forging() -> PlayedBank {
        PlayedBank(copying: self, secret.forged())
    }

    private init(copying bank: PlayedBank, _ secret: CallbackSecret) {
        (profile, self.secret) = (bank.profile, secret)
        (connection, signatureHeader) = (bank.connection, bank.signatureHeader)
    }

    /// What the sender sends of a payment.
    ///
    /// - Parameters:
    ///   - path: of the callback's address, without a query.
    ///   - authority: its host and port.
    public func message(_ payment: PlayedPayment, path: String, authority: String, at now: Instant) -> SignedMessage {
        var message = SignedMessage(method: "POST", path: path, authority: authority, headers: [], body: [])
        if let dialect = profile.dialect {
            dialect.play(payment, secret, now, in: &message)
            return message
        }
        switch profile {
        case .payos: payOS(payment, in: &message)
        case .vnpay: vnpay(payment, in: &message)
        case .momo: momo(payment, now, in: &message)
        case .zalopay: zaloPay(payment, in: &message)
        case .casso: casso(payment, now, in: &message)
        case .rfc9421: messageSignature(payment, now, in: &message)
        case .timestamped: timestamped(payment, now, in: &message)
        default: standard(payment, now, in: &message)
        }
        return message
    }
}

extension CallbackSecret {
    /// Another key in the place of this one.
    fileprivate func forged() -> CallbackSecret { CallbackSecret(key: .random(), accessKey: accessKey) }
}

extension SignedMessage {
    /// Sets a body and says what it is.
    mutating func setBody(_ bytes: [UInt8], _ type: String) {
        body = bytes
        headers.append(("content-type", type))
    }

    mutating func setJSON(_ json: JSON) { setBody(json.bytes, "application/json") }

    mutating func setForm(_ fields: [(name: String, value: String)]) {
        setBody(Array(PlayedBank.form(fields).utf8), "application/x-www-form-urlencoded")
    }
}

extension PlayedBank {
    static func form(_ fields: [(name: String, value: String)]) -> String {
        fields.map { field in
            var out: [UInt8] = []
            FormEncoding.encode(field.name, to: &out)
            out.append(UInt8(ascii: "="))
            FormEncoding.encode(field.value, to: &out)
            return String(decoding: out, as: UTF8.self)
        }.joined(separator: "&")
    }
}
