public import Values

/// Where the payers of a connection of the national payment platform are sent.
public struct PlatformLink: Sendable {
    public let id: Int32
    /// The connection's name.
    public let connection: String
    public let accountNumber: String
    /// MaDoiTac, by which the platform knows us.
    public let partner: String
    public let initURL: String
    public let queryURL: String
    public let billURL: String?
    /// Whether an access token is sent along.
    public let hasToken: Bool
    /// Whether the platform may look up what is due for a dossier.
    public let hasLookUp: Bool
    public let setAt: Instant

    public var json: JSON {
        [
            "connection": .string(connection), "account_number": .string(accountNumber), "partner": .string(partner),
            "init_url": .string(initURL), "query_url": .string(queryURL), "bill_url": .optional(billURL),
            "has_token": .bool(hasToken), "has_lookup": .bool(hasLookUp), "set_at": .text(setAt),
        ]
    }
}
