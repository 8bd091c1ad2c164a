public import Values

/// Where events may be sent: to the public internet, and to what is named. An endpoint inside would let whoever sets it make
/// this server call its own neighbours.
public struct EventNetworks: Sendable, Hashable {
    /// Networks that are not public and may be sent to, such as the one that the province's portals are in.
    public var named: [IPRange]
    /// Whether this machine may be sent to, also without TLS: for tests and development.
    public var allowsLoopback: Bool

    public init(named: [IPRange] = [], allowsLoopback: Bool = false) {
        self.named = named
        self.allowsLoopback = allowsLoopback
    }

    public func allows(_ address: IPAddress) -> Bool {
        if address.isLoopback, allowsLoopback { return true }
        return address.isPublic || named.contains { $0.contains(address) }
    }
}
