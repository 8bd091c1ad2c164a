public import Values

/// A session that was just opened, with its token, which is shown only now.
public struct OpenedSession: Sendable {
    public let token: String
    public let session: PersonSession
    /// Whether it was a login with a password although there is a provider of accounts: somebody should look at it.
    public var isBreakGlass = false

    /// The answer to a login.
    public var json: JSON {
        .object(
            [
                .init("token", .string(token)), .init("person", session.person.json),
            ] + (session.json(isCurrent: true).members ?? [])
        )
    }
}
