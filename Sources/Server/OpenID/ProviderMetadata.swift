import Values

/// What a provider says of itself in its discovery document (OpenID Connect Discovery 1.0 §3).
struct ProviderMetadata: Sendable {
    let authorizationEndpoint: String
    let tokenEndpoint: String
    let keysURL: String
    /// Whether it takes the client's secret in the body alone.
    let takesSecretInBody: Bool

    /// Returns `nil` if it is of another issuer, names no code flow, or an address is missing or not protected by TLS.
    ///
    /// - Parameter issuer: as the operator named it, exactly.
    init?(_ json: JSON, issuer: String) {
        func address(_ name: String) -> String? {
            json[name]?.string.flatMap { ProviderMetadata.isProtected($0) ? $0 : nil }
        }
        let types = json["response_types_supported"]?.array?.compactMap(\.string)
        guard json["issuer"]?.string == issuer, types?.contains("code") ?? true,
            let authorizationEndpoint = address("authorization_endpoint"),
            let tokenEndpoint = address("token_endpoint"), let keysURL = address("jwks_uri")
        else { return nil }
        self.authorizationEndpoint = authorizationEndpoint
        self.tokenEndpoint = tokenEndpoint
        self.keysURL = keysURL
        let methods = json["token_endpoint_auth_methods_supported"]?.array?.compactMap(\.string) ?? []
        takesSecretInBody = methods.contains("client_secret_post") && !methods.contains("client_secret_basic")
    }

    /// Over TLS, or on this machine.
    static func isProtected(_ text: String) -> Bool {
        guard let url = WebAddress(text), !url.hasFragment else { return false }
        return url.isSecure || url.isLoopback
    }
}
