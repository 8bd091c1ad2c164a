import Cryptography

/// A login at the provider that one browser has begun.
///
/// All that goes to the provider and comes back is made of one secret, which the browser keeps in a cookie and the database
/// as a hash: what another browser brings fits nothing.
public struct ProviderAttempt: Sendable {
    /// The secret: 43 letters and digits, 258 bits.
    public let token: String
    /// Comes back with the answer.
    public var state: String { derived("state") }
    /// Comes back within the token.
    public var nonce: String { derived("nonce") }
    /// Proves to the provider that whoever brings the code is who began (PKCE, RFC 7636): 64 characters.
    public var verifier: String { derived("verifier") }

    static let tokenLength = 43

    public init(token: String) { self.token = token }

    private func derived(_ what: String) -> String {
        hexadecimal(MACKey(Array(token.utf8)).sha256(Array("khop oidc \(what)".utf8)))
    }
}
