import Cryptography

/// What a connection knows when a message comes in.
public struct ConnectionSettings: Sendable {
    public var name: String
    public var profile: CallbackProfile
    /// In force now: one, or two while a rotation is under way; either verifies.
    public var secrets: [CallbackSecret]
    /// The account the connection reports on.
    public var accountNumber: String
    /// The header with the signature, for profiles that leave it open.
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

    /// Whether a code is a message's HMAC-SHA256 under a secret in force, compared in constant time.
    func provesSHA256(_ code: [UInt8], of signed: [UInt8]) -> Bool {
        secrets.contains { $0.key.verifies(code, of: signed) }
    }

    /// Whether a code is a message's HMAC-SHA512 under a secret in force, compared in constant time.
    func provesSHA512(_ code: [UInt8], of signed: [UInt8]) -> Bool {
        secrets.contains { $0.key.verifiesSHA512(code, of: signed) }
    }
}
