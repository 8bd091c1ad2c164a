import NIOCore

extension KhopContext {
    /// The address of this server as this machine reaches it: where the request came in.
    var ownAddress: String {
        let host = channel.localAddress?.ipAddress ?? "127.0.0.1"
        return "http://\(host.contains(":") ? "[\(host)]" : host):\(channel.localAddress?.port ?? 80)"
    }
}
