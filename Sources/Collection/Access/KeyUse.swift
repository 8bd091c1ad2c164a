import Values

/// The last use of a key.
struct KeyUse: Sendable {
    var at: Instant
    var address: String
    /// When it was last written to the database; `nil` if this server has not.
    var writtenAt: Instant?
    var isWritten = false
}
