import Values

/// An attempt to pay, as far as a callback needs it.
struct PaymentAttempt: Sendable {
    let id: Int64
    let code: String
    let madeAt: Instant
}
