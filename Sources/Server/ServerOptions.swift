/// Where the server listens, and its limits.
public struct ServerOptions: Sendable {
    public var host = "127.0.0.1"
    public var port = 8080
    public var publicURL: String
    /// The most connections open at once; further ones wait in the kernel's queue.
    public var maximumConnections = 4096
    /// A connection that sends nothing for this long is closed, so that slow senders cannot use up the connections.
    public var idleTimeoutSeconds: Int64 = 30

    public init(publicURL: String) { self.publicURL = publicURL }
}
