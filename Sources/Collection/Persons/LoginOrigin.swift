/// Where a login comes from.
public struct LoginOrigin: Sendable, Hashable {
    /// The network address, or `cli:` and the system's account.
    public let address: String
    /// What the browser or program calls itself.
    public let userAgent: String?

    /// Long texts are cut: they come from outside.
    public init(address: String, userAgent: String? = nil) {
        self.address = String(address.prefix(100))
        self.userAgent = userAgent.map { String($0.prefix(300).filter { !$0.isNewline && $0 != "\0" }) }
    }
}
