public import Values

/// Whether an ID token, whose signature holds, is good for one login (OpenID Connect Core 1.0 §3.1.3.7).
public enum IDTokenRules {
    /// How far the provider's clock may be from ours, in seconds.
    public static let skewSeconds: Int64 = 60
    /// A login that was begun must be over within this; the token cannot be older than it either.
    public static let pendingSeconds: Int64 = 600

    /// What the login that was begun expects.
    public struct Expected: Sendable, Hashable {
        public var issuer: String
        public var clientID: String
        public var nonce: String
        /// Since when the person must have proved who they are, for a second factor given anew; `nil` if whenever it was
        /// will do.
        public var authenticatedSince: Instant?

        public init(issuer: String, clientID: String, nonce: String, authenticatedSince: Instant? = nil) {
            self.issuer = issuer
            self.clientID = clientID
            self.nonce = nonce
            self.authenticatedSince = authenticatedSince
        }
    }

    /// The first fault of a token's claims; `nil` if they are good.
    public static func fault(in claims: IDTokenClaims, _ expected: Expected, now: Instant) -> ProviderFault? {
        let now = now.unixSeconds
        guard claims.issuer == expected.issuer else { return .issuer }
        // For several at once, it must say that it was made for us.
        guard claims.audiences.contains(expected.clientID),
            (claims.authorizedParty ?? (claims.audiences.count == 1 ? expected.clientID : "")) == expected.clientID
        else { return .audience }
        guard claims.nonce == expected.nonce else { return .nonce }
        // What it says of its own beginning tells of its clock.
        for start in [claims.issuedAt, claims.notBefore, claims.authenticatedAt] {
            if let start, start > now + skewSeconds { return .clock(secondsAhead: start - now) }
        }
        guard claims.expiresAt > now - skewSeconds else { return .expired }
        // It was made when the code was taken, just now.
        guard claims.issuedAt > now - pendingSeconds - skewSeconds else {
            return .clock(secondsAhead: claims.issuedAt - now)
        }
        if let since = expected.authenticatedSince?.unixSeconds {
            guard let at = claims.authenticatedAt, at >= since - skewSeconds else { return .notAuthenticatedAnew }
        }
        return nil
    }
}
