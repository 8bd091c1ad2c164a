public import Values

/// What an OpenID Connect provider says of a person: the claims of an ID token (OpenID Connect Core 1.0 §2), read but not
/// judged yet; ``IDTokenRules`` judges them.
public struct IDTokenClaims: Sendable, Hashable {
    public var issuer: String
    /// The person at the provider; never given to another one.
    public var subject: String
    /// Whom the token is for.
    public var audiences: [String]
    /// Which of several audiences asked for it.
    public var authorizedParty: String?
    /// Seconds since 1970, like the times below.
    public var expiresAt: Int64
    public var issuedAt: Int64
    public var notBefore: Int64?
    /// When the person last proved at the provider who they are.
    public var authenticatedAt: Int64?
    public var nonce: String?
    /// How the person proved it (RFC 8176).
    public var methods: [String]
    /// How well, in words of the provider's own.
    public var level: String?
    public var email: String?
    /// Whether the provider has seen that the address is the person's.
    public var isEmailVerified: Bool

    /// Returns `nil` if a claim that must be there is missing, or one has another type or length than the standard gives it.
    public init?(_ json: JSON) {
        func text(_ name: String, _ maximum: Int) -> String?? {
            guard let value = json[name], !value.isNull else { return .some(nil) }
            guard let text = value.string, (1...maximum).contains(text.utf8.count) else { return nil }
            return text
        }
        func seconds(_ name: String) -> Int64?? {
            guard let value = json[name], !value.isNull else { return .some(nil) }
            // Up to the year 9999: sums of what is read cannot overflow.
            guard let number = value.integer, (0...253_402_300_799).contains(number) else { return nil }
            return number
        }
        func list(_ name: String) -> [String]? {
            guard let value = json[name], !value.isNull else { return [] }
            let items = value.string.map { [JSON.string($0)] } ?? value.array
            guard let items, items.count <= 20 else { return nil }
            let texts = items.compactMap(\.string)
            return texts.count == items.count ? texts : nil
        }
        guard case .some(let issuer?) = text("iss", 500), case .some(let subject?) = text("sub", 255),
            subject.utf8.allSatisfy({ (32...126).contains($0) }), let audiences = list("aud"), !audiences.isEmpty,
            case .some(let expiresAt?) = seconds("exp"), case .some(let issuedAt?) = seconds("iat"),
            let authorizedParty = text("azp", 500), let notBefore = seconds("nbf"),
            let authenticatedAt = seconds("auth_time"), let nonce = text("nonce", 500), let methods = list("amr"),
            let level = text("acr", 500), let email = text("email", 500)
        else { return nil }
        self.issuer = issuer
        self.subject = subject
        self.audiences = audiences
        self.authorizedParty = authorizedParty
        self.expiresAt = expiresAt
        self.issuedAt = issuedAt
        self.notBefore = notBefore
        self.authenticatedAt = authenticatedAt
        self.nonce = nonce
        self.methods = methods
        self.level = level
        self.email = email
        // Some providers write it as a text.
        isEmailVerified = json["email_verified"]?.bool ?? (json["email_verified"]?.string == "true")
    }

    /// Methods that are a second factor, or stand for one (RFC 8176).
    private static let strongMethods: Set<String> = ["mfa", "otp", "hwk", "swk"]

    /// Whether the provider asked for a second factor.
    ///
    /// - Parameter levels: what `acr` says at this provider if it did.
    public func hasSecondFactor(levels: [String]) -> Bool {
        !IDTokenClaims.strongMethods.isDisjoint(with: methods) || level.map(levels.contains) == true
    }
}
