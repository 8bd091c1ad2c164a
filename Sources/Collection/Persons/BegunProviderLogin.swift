public import Values

/// A login at the provider that came back to the browser that began it.
public struct BegunProviderLogin: Sendable {
    /// Where the person wanted to go.
    public let next: String
    public let begunAt: Instant
    /// The session that the person gives a second factor anew for; `nil` for a new login.
    let sessionID: Int64?

    /// Whether a second factor is given anew.
    public var isAnew: Bool { sessionID != nil }
}
