import Values

/// The response to a provider, in the form that it expects.
public struct Acknowledgement: Sendable, Hashable {
    public var status: Int
    public var contentType: String?
    public var body: [UInt8]
    /// After how many seconds to retry.
    public var retryAfter: Int?
}

extension Acknowledgement {
    /// Returns HTTP 200 with a JSON body.
    static func json(_ body: JSON) -> Acknowledgement {
        Acknowledgement(status: 200, contentType: "application/json", body: body.bytes)
    }
}

extension Acknowledgement {
    /// Returns HTTP 200 with a plain text.
    static func text(_ text: String) -> Acknowledgement {
        Acknowledgement(status: 200, contentType: "text/plain; charset=utf-8", body: Array(text.utf8))
    }
}
