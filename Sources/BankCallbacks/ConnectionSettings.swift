import Cryptography
public import Values

/// The settings of a connection that are needed to verify a message.
public struct ConnectionSettings: Sendable {
    public var name: String
    public var profile: CallbackProfile
    /// The active secrets: one, or two during a rotation; either one verifies.
    public var secrets: [CallbackSecret]
    /// The account the connection reports on.
    public var accountNumber: String
    /// The header that contains the signature, for profiles that do not prescribe one.
    public var signatureHeader: String?
    /// The merchant whose messages the connection takes; `nil` until it is known.
    public var merchant: String?

    public init(
        name: String,
        profile: CallbackProfile,
        secrets: [CallbackSecret],
        accountNumber: String,
        signatureHeader: String? = nil,
        merchant: String? = nil
    ) {
        self.name = name
        self.profile = profile
        self.secrets = secrets
        self.accountNumber = accountNumber
        self.signatureHeader = signatureHeader
        self.merchant = merchant
    }

    /// Throws for a proved message of another merchant than the connection's, or of none.
    ///
    /// Bodies of these gateways name no account, so a message that was signed for one merchant would otherwise count on any
    /// connection that holds the same secret.
    public func require(merchant stated: String?) throws(CallbackRefusal) {
        guard let merchant, let field = profile.merchantField, stated != merchant else { return }
        throw CallbackRefusal(
            .merchantMismatch,
            profile.dialect?.pointer(field)
                ?? (profile == .vnpay ? field : (profile == .zalopay ? "/data/" : "/") + field),
            stated.map {
                Phrase(
                    vi:
                        "kết nối này chỉ nhận thông báo của đơn vị \(merchant), không phải \($0): hãy gửi đến kết nối của đúng đơn vị",
                    en:
                        "this connection takes messages of the merchant \(merchant) only, not of \($0): send it to the connection of its own merchant"
                )
            }
                ?? Phrase(
                    vi: "phải nêu đơn vị \(merchant) mà kết nối này nhận thông báo",
                    en: "must name the merchant \(merchant), whose messages this connection takes"
                )
        )
    }

    /// The answer to a message that came to this connection, in the words of its sender; signed, where the sender wants that.
    public func acknowledge(
        _ result: CallbackResult,
        in language: Language = .vietnamese,
        to message: SignedMessage,
        now: Instant = .now()
    ) -> Acknowledgement {
        profile.acknowledge(result, in: language, to: message, secrets: secrets, now: now)
    }

    /// Whether a code is the message's HMAC-SHA256 under an active secret, compared in constant time.
    func provesSHA256(_ code: [UInt8], of signed: [UInt8]) -> Bool {
        secrets.contains { $0.key.verifies(code, of: signed) }
    }

    /// Whether a code is the message's HMAC-SHA512 under an active secret, compared in constant time.
    func provesSHA512(_ code: [UInt8], of signed: [UInt8]) -> Bool {
        secrets.contains { $0.key.verifiesSHA512(code, of: signed) }
    }
}
