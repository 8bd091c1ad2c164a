/// Where a call comes from, as the audit and the list of sessions say it.
public struct CallOrigin: Sendable, Hashable {
    /// The network address, or `cli:` and the system's account; 1 to 100 characters.
    public let address: String
    /// The call's id in the log and in `X-Request-Id`, at most 64 characters; `nil` for a command.
    public let requestID: String?
    /// What the browser or program calls itself.
    public let userAgent: String?

    /// Long texts are cut: they come from outside.
    public init(address: String, requestID: String? = nil, userAgent: String? = nil) {
        self.address = address.isEmpty ? "unknown" : String(address.prefix(100))
        self.requestID = requestID.flatMap { $0.isEmpty ? nil : String($0.prefix(64)) }
        self.userAgent = userAgent.map { String($0.prefix(300).filter { !$0.isNewline && $0 != "\0" }) }
    }
}
