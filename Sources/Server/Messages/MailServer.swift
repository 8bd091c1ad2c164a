import Values

/// The mail server that messages are handed to.
public struct MailServer: Sendable {
    /// Whether TLS is there from the first byte (`smtps`), and not begun by STARTTLS.
    public let isSecure: Bool
    /// A name or an address; of version 6 without its brackets.
    public let host: String
    public let port: Int
    /// Who logs in, with the password; `nil` where the server asks nobody.
    public var login: (name: String, password: String)?
    /// The address that letters come from.
    public var from: String
    /// A file of certificates that are trusted instead of the system's; `nil` for the system's.
    public var authorities: String?
    /// How long a letter may take.
    public var timeout = Duration.seconds(30)

    /// Whether it is this machine, to which nothing is secret.
    var isLoopback: Bool { host == "localhost" || IPAddress(host)?.isLoopback == true }

    /// Reads `smtp://host:587` or `smtps://host:465`; `nil` for anything else, such as a password in it.
    public init?(_ text: String, from: String) {
        let schemes = ["smtps://": true, "smtp://": false]
        guard let scheme = schemes.first(where: { text.hasPrefix($0.key) }),
            // Names are read as in any other address.
            let web = WebAddress("https://" + text.dropFirst(scheme.key.count)), !web.hasQuery, !web.hasFragment,
            !text.dropFirst(scheme.key.count).contains("/")
        else { return nil }
        (isSecure, host, port) = (scheme.value, web.host, web.port ?? (scheme.value ? 465 : 587))
        self.from = from
    }

    /// As libcurl takes it, with the name that we greet with.
    var url: String {
        let domain = from.split(separator: "@").last.map(String.init) ?? "localhost"
        return "\(isSecure ? "smtps" : "smtp")://\(host.contains(":") ? "[\(host)]" : host):\(port)/\(domain)"
    }
}
