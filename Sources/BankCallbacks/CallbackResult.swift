/// The result of a message, as far as its sender is informed.
public enum CallbackResult: Sendable {
    /// Recorded durably. The outcome is that of the settlement, such as `settled` or `duplicate`.
    case recorded(outcome: String, paymentRequestID: String?)
    case probe
    /// The transaction was reported before with different content; nothing changed.
    case conflict
    case refused(CallbackRefusal)
    /// The server is too busy or the database is unavailable; nothing was recorded.
    case unavailable(retryAfterSeconds: Int)
    case failed
}
