public import Values

/// A person who was invited, with the token of the link, which is shown only now.
public struct Invited: Sendable {
    public let person: KnownPerson
    public let token: String
    public let expiresAt: Instant

    public func url(_ publicURL: String) -> String { "\(publicURL)/invite/\(token)" }

    /// The answer of `khop person add`.
    public func json(_ publicURL: String) -> JSON {
        .object(
            (person.json.members ?? []) + [
                .init("invitation_url", .string(url(publicURL))), .init("expires_at", .text(expiresAt)),
            ]
        )
    }
}
