import HTTPTypes
import NIOCore
import Values

extension HTTPField.Name {
    static let forwarded = HTTPField.Name("Forwarded")!
    static let forwardedFor = HTTPField.Name("X-Forwarded-For")!
}

/// Whose request it is.
enum ClientAddress {
    /// The address at the other end of the connection or, if that is a named proxy, the one that the proxy says it got the
    /// request from, and so on from the right: the first that is no named proxy. What stands further left was written by
    /// whoever that is, and is worth nothing.
    ///
    /// If both headers are there, the proxy sets one and passes on what its client wrote in the other: neither is believed.
    static func of(_ headers: HTTPFields, peer: IPAddress?, proxies: [IPRange]) -> IPAddress? {
        guard var client = peer, isNamed(client, proxies) else { return peer }
        let (forwarded, plain) = (headers[values: .forwarded], headers[values: .forwardedFor])
        guard forwarded.isEmpty != plain.isEmpty else { return client }
        let hops =
            plain.isEmpty
            ? forwarded.flatMap { $0.split(separator: ",") }.map(hop)
            : plain.flatMap { $0.split(separator: ",") }.map { IPAddress($0.trimming()) }
        for hop in hops.reversed() {
            guard let hop else { return client }
            client = hop
            guard isNamed(hop, proxies) else { return client }
        }
        return client
    }

    /// The bytes as the system has them: written out and read again they would cost a callback more than its signature.
    static func peer(_ address: SocketAddress?) -> IPAddress? {
        guard let address else { return nil }
        // Where a socket's address has the bytes of the network's: behind family and port, and in version 6 the flow.
        let place: Range<Int>
        switch address {
        case .v4: place = 4..<8
        case .v6: place = 8..<24
        case .unixDomainSocket: return nil
        }
        return address.withSockAddr { pointer, size in
            IPAddress(bytes: Array(UnsafeRawBufferPointer(start: pointer, count: size)[place]))
        }
    }

    private static func isNamed(_ address: IPAddress, _ proxies: [IPRange]) -> Bool {
        proxies.contains { $0.contains(address) }
    }

    /// The address of one element of `Forwarded` (RFC 7239), `for="[2001:db8::1]:4711";proto=https`; `nil` if it hides it.
    private static func hop(_ element: Substring) -> IPAddress? {
        for part in element.split(separator: ";") {
            let halves = part.split(separator: "=", maxSplits: 1)
            guard halves.count == 2, halves[0].trimming().lowercased() == "for" else { continue }
            var node = halves[1].trimming()
            if node.hasPrefix("\""), node.hasSuffix("\""), node.utf8.count >= 2 {
                node = String(node.dropFirst().dropLast())
            }
            if let address = IPAddress(node) { return address }
            // With a port.
            guard let colon = node.lastIndex(of: ":") else { return nil }
            let host = node[..<colon]
            return host.contains(":") && !host.hasPrefix("[") ? nil : IPAddress(host)
        }
        return nil
    }
}
