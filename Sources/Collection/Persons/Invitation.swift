public import Values

/// An invitation as whoever holds its link sees it.
public struct Invitation: Sendable {
    public let name: String
    public let email: String
    public let expiresAt: Instant
    /// The secret of the authenticator, in Base32, for those who type it.
    public let secret: String
    /// The same for an app to scan: `otpauth://…`.
    public let uri: String
}
