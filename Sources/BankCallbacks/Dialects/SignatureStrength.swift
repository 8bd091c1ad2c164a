/// What a sender's signature is worth, as the connection's health shows it.
public enum SignatureStrength: String, Sendable, CaseIterable {
    /// An HMAC: both sides hold one secret.
    case messageAuthentication = "hmac"
    /// A plain hash with the secret glued on.
    case gluedHash = "glued_hash"
    /// A signature that only the sender can make.
    case senderSigned = "signature"
}
