public import Values

/// A login link as whoever opens it sees it, before it is used.
public struct LoginLink: Sendable {
    public let person: KnownPerson
    public let expiresAt: Instant

    /// A link that was just made, with its token, which is shown only now.
    public struct Made: Sendable {
        public let link: LoginLink
        public let token: String

        public func url(_ publicURL: String) -> String { "\(publicURL)\(LoginLinks.path)/\(token)" }

        /// The answer of `khop person login-link`.
        public func json(_ publicURL: String) -> JSON {
            .object(
                (link.person.json.members ?? []) + [
                    .init("login_url", .string(url(publicURL))), .init("expires_at", .text(link.expiresAt)),
                ]
            )
        }
    }
}
