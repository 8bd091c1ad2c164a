import Postgres

/// A delivery that a server has claimed until its lease expires.
struct ClaimedDelivery: Sendable {
    let eventID: Int64
    /// What happened.
    let type: String
    /// What it is about, such as `request:<uuid>`.
    let subject: String
    let endpointID: Int32
    let endpoint: String
    let url: String
    /// This attempt's number, from 1; distinguishes a late result from the current one.
    let attempt: Int
    let body: String
    let sealed: Bytes
    /// The secret before a rotation, while it also signs.
    let previousSealed: Bytes?
}
