import Cryptography

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

    public init(
        name: String,
        profile: CallbackProfile,
        secrets: [CallbackSecret],
        accountNumber: String,
        signatureHeader: String? = nil
    ) {
        self.name = name
        self.profile = profile
        self.secrets = secrets
        self.accountNumber = accountNumber
        self.signatureHeader = signatureHeader
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
