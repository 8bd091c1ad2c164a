/// One attempt to send an event to an endpoint: a POST with these headers and this body.
public struct EventMessage: Sendable {
    public let url: String
    public let headers: [(name: String, value: String)]
    public let body: [UInt8]
    /// How long the whole exchange may take.
    public let timeout: Duration

    public init(url: String, headers: [(name: String, value: String)], body: [UInt8], timeout: Duration) {
        self.url = url
        self.headers = headers
        self.body = body
        self.timeout = timeout
    }
}

/// How an attempt went.
public enum EventAnswer: Sendable, Hashable {
    /// The endpoint answered.
    ///
    /// - Parameter excerpt: the beginning of what it said; for people.
    case answered(status: Int, excerpt: String)
    /// There was no answer, for this reason.
    case failed(String)
}

/// Sends messages. It follows no redirects, ends an exchange that takes too long, and reads little of an answer. It is
/// implemented outside Collection, which does no networking except with the database.
public protocol EventSender: Sendable {
    func send(_ message: EventMessage) async -> EventAnswer
}
