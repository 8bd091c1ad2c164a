/// The OpenID Connect provider that persons log in by, as an operator names it.
public struct ProviderOptions: Sendable {
    /// The issuer exactly as the provider's tokens say it; https unless it is this machine.
    public let issuer: String
    public let clientID: String
    /// `nil` for a client that has none.
    let secret: ClientSecret?
    /// What `acr` says after a second factor, in the provider's own words; asked for as `acr_values`.
    public let levels: [String]
    /// How long is waited for it, and how much of it is read.
    var limits = ProviderConnection.Limits()

    public init(issuer: String, clientID: String, secret: String?, levels: [String] = []) {
        self.issuer = issuer
        self.clientID = clientID
        self.secret = secret.map(ClientSecret.init)
        self.levels = levels
    }

    /// A secret that no log shows.
    struct ClientSecret: Sendable, CustomStringConvertible {
        let text: String
        var description: String { "(secret)" }
    }
}
