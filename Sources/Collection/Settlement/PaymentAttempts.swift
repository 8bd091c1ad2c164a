import Values

/// Attempts to pay that were begun here, at a platform whose callbacks name them.
protocol PaymentAttempts: Sendable {
    /// The attempt of a code on a connection; `nil` if it was never given out.
    func attempt(_ code: String, on connection: Int32) async throws -> PaymentAttempt?

    /// Ends an attempt by what the platform said, whichever way it said it; what is told twice is told once.
    ///
    /// - Parameter transaction: what paid it; `nil` if it failed.
    func heard(_ id: Int64, transaction: String?, now: Instant) async throws
}
