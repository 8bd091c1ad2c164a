import Collection
import Cryptography
import Foundation
import Identity
import Values

/// The provider as khop talks to it: where to send a browser, what a code is worth, and whose signature a token has.
///
/// What the provider says of itself is kept for an hour; its keys until a token names one that is not among them, and
/// are then asked for at most every 30 seconds, so that tokens made up by a stranger do not flood the provider.
actor OpenIDProvider {
    let options: ProviderOptions
    private let redirectURL: String
    private let connection: ProviderConnection
    private let now: @Sendable () -> Instant
    private var metadata: (value: ProviderMetadata, at: Instant)?
    private var keys: ProviderKeys?
    private var keysAskedAt: Instant?

    private static let metadataSeconds: Int64 = 3600
    private static let keysSeconds: Int64 = 30

    /// - Parameter publicURL: the address that people open, without a slash at its end.
    init(
        _ options: ProviderOptions,
        publicURL: String,
        connection: ProviderConnection,
        now: @escaping @Sendable () -> Instant = { .now() }
    ) {
        self.options = options
        redirectURL = publicURL + "/login/oidc/callback"
        self.connection = connection
        self.now = now
    }

    /// Where a browser goes to log in.
    ///
    /// - Parameter again: whether the person must log in anew, with a second factor.
    func address(for attempt: ProviderAttempt, again: Bool) async throws(ProviderFault) -> String {
        let endpoint = try await known().authorizationEndpoint
        var parameters = [
            ("response_type", "code"), ("client_id", options.clientID), ("redirect_uri", redirectURL),
            ("scope", "openid email profile"), ("state", attempt.state), ("nonce", attempt.nonce),
            ("code_challenge", Base64URL.encode(SHA256.hash(Array(attempt.verifier.utf8)))),
            ("code_challenge_method", "S256"),
        ]
        if again { parameters += [("prompt", "login"), ("max_age", "0")] }
        if !options.levels.isEmpty { parameters.append(("acr_values", options.levels.joined(separator: " "))) }
        return endpoint + (endpoint.contains("?") ? "&" : "?") + OpenIDProvider.form(parameters)
    }

    /// The claims of the token that a code is exchanged for: signed by the provider, and good for this login.
    ///
    /// - Parameter since: when the login began, if the person must have logged in anew; `nil` otherwise.
    func claims(for code: String, of attempt: ProviderAttempt, since: Instant?) async throws(ProviderFault)
        -> IDTokenClaims
    {
        let token = try await token(for: code, attempt)
        let claims = try await verified(token)
        let expected = IDTokenRules.Expected(
            issuer: options.issuer,
            clientID: options.clientID,
            nonce: attempt.nonce,
            authenticatedSince: since
        )
        if let fault = IDTokenRules.fault(in: claims, expected, now: now()) { throw fault }
        return claims
    }

    private func token(for code: String, _ attempt: ProviderAttempt) async throws(ProviderFault) -> String {
        let metadata = try await known()
        var parameters = [
            ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", redirectURL),
            ("code_verifier", attempt.verifier),
        ]
        var question = ProviderConnection.Question(url: metadata.tokenEndpoint)
        switch options.secret {
        case let secret? where !metadata.takesSecretInBody:
            let pair = options.clientID.percentEncoded() + ":" + secret.text.percentEncoded()
            question.authorization = "Basic " + Data(pair.utf8).base64EncodedString()
        case let secret?: parameters += [("client_id", options.clientID), ("client_secret", secret.text)]
        case nil: parameters.append(("client_id", options.clientID))
        }
        question.form = OpenIDProvider.form(parameters)
        let answer = try await connection.ask(question)
        // What is wrong with us (401) or with the code (400) is said by the provider; what is wrong with it, by 500 and more.
        guard (200...499).contains(answer.status), let json = answer.json else { throw .unavailable }
        guard answer.status == 200 else { throw .code }
        guard let token = json["id_token"]?.string else { throw .malformed }
        return token
    }

    private func verified(_ token: String) async throws(ProviderFault) -> IDTokenClaims {
        let head = try ProviderKeys.Head(token)
        if let keys, let claims = try await keys.claims(of: token, head) { return claims }
        // The provider may have changed its keys.
        guard let renewed = try await renewedKeys(), let claims = try await renewed.claims(of: token, head) else {
            throw .signature
        }
        return claims
    }

    /// The provider's keys asked for anew; `nil` if that was done just before.
    private func renewedKeys() async throws(ProviderFault) -> ProviderKeys? {
        let now = now()
        if let keysAskedAt, keysAskedAt.adding(seconds: OpenIDProvider.keysSeconds) > now, keys != nil { return nil }
        let url = try await known().keysURL
        keysAskedAt = now
        let answer = try await connection.ask(ProviderConnection.Question(url: url))
        guard answer.status == 200, let json = answer.json, let read = ProviderKeys(json) else { throw .unavailable }
        keys = read
        return read
    }

    /// What the provider says of itself.
    private func known() async throws(ProviderFault) -> ProviderMetadata {
        let now = now()
        if let metadata, metadata.at.adding(seconds: OpenIDProvider.metadataSeconds) > now { return metadata.value }
        let issuer = options.issuer
        let base = issuer.hasSuffix("/") ? String(issuer.dropLast()) : issuer
        let question = ProviderConnection.Question(url: base + "/.well-known/openid-configuration")
        let answer = try await connection.ask(question)
        guard answer.status == 200, let json = answer.json, let read = ProviderMetadata(json, issuer: issuer) else {
            throw .unavailable
        }
        metadata = (read, now)
        return read
    }

    private static func form(_ parameters: [(String, String)]) -> String {
        parameters.map { "\($0)=\($1.percentEncoded())" }.joined(separator: "&")
    }
}
