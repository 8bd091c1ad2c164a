import Workflow

/// The result of a claimed delivery.
struct DeliveryResult: Sendable {
    enum Outcome: String, Sendable {
        case delivered, failed
        /// The endpoint says that it is gone for good.
        case gone
        /// The server stopped before there was an answer.
        case interrupted
    }

    let eventID: Int64
    let endpointID: Int32
    let attempt: Int
    let outcome: Outcome
    /// Why it failed.
    let error: Reason?
    /// How long to wait before the next attempt, if this one failed.
    let pauseMilliseconds: Int64
}
