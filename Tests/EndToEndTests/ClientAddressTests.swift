import HTTPTypes
import NIOCore
import Testing
import Values

@testable import Server

/// Whose request it is, behind proxies that are named and such as are not.
@Suite struct ClientAddressTests {
    private static let proxies = ["127.0.0.1", "10.0.0.0/8", "2001:db8::/32"].compactMap { IPRange($0) }

    private func client(_ peer: String, _ fields: [(HTTPField.Name, String)]) -> String? {
        var headers = HTTPFields()
        for (name, value) in fields { headers.append(HTTPField(name: name, value: value)) }
        return ClientAddress.of(headers, peer: IPAddress(peer), proxies: Self.proxies)?.description
    }

    @Test func `the other end is read from the bytes of its socket`() throws {
        for text in ["127.0.0.1", "203.162.0.11", "255.255.255.255", "2001:db8::1", "::1", "::ffff:10.1.2.3"] {
            #expect(ClientAddress.peer(try SocketAddress(ipAddress: text, port: 47_110)) == IPAddress(text), "\(text)")
        }
        #expect(ClientAddress.peer(try SocketAddress(unixDomainSocketPath: "/run/khop")) == nil)
        #expect(ClientAddress.peer(nil) == nil)
    }

    @Test func `a stranger's word about himself counts for nothing`() {
        #expect(client("203.162.0.11", [(.forwardedFor, "1.1.1.1")]) == "203.162.0.11")
        #expect(client("203.162.0.11", [(.forwarded, "for=1.1.1.1")]) == "203.162.0.11")
    }

    @Test func `a named proxy's word counts, and what stands before it does not`() {
        #expect(client("127.0.0.1", []) == "127.0.0.1")
        #expect(client("127.0.0.1", [(.forwardedFor, "203.162.0.11")]) == "203.162.0.11")
        #expect(client("127.0.0.1", [(.forwardedFor, "8.8.8.8, 1.1.1.1, 203.162.0.11")]) == "203.162.0.11")
        #expect(
            client("127.0.0.1", [(.forwardedFor, "8.8.8.8"), (.forwardedFor, "203.162.0.11,10.1.2.3")])
                == "203.162.0.11"
        )
        #expect(client("127.0.0.1", [(.forwardedFor, "10.0.0.1, 10.0.0.2")]) == "10.0.0.1")
    }

    @Test func `the standard header is read with ports, quotes and version 6`() {
        #expect(client("10.1.1.1", [(.forwarded, "for=203.162.0.11;proto=https;by=10.1.1.1")]) == "203.162.0.11")
        #expect(client("10.1.1.1", [(.forwarded, "For=\"[2400:cb00::1]:4711\"")]) == "2400:cb00::1")
        #expect(client("10.1.1.1", [(.forwarded, "proto=https; for=\"203.162.0.11:80\"")]) == "203.162.0.11")
        #expect(client("2001:db8::1", [(.forwarded, "for=1.1.1.1, for=203.162.0.11")]) == "203.162.0.11")
    }

    @Test func `what is hidden, malformed or contradictory ends at the last proxy`() {
        #expect(client("127.0.0.1", [(.forwarded, "for=_hidden")]) == "127.0.0.1")
        #expect(client("127.0.0.1", [(.forwarded, "for=1.1.1.1, for=unknown, for=10.0.0.2")]) == "10.0.0.2")
        #expect(client("127.0.0.1", [(.forwardedFor, "1.1.1.1, bogus")]) == "127.0.0.1")
        #expect(client("127.0.0.1", [(.forwardedFor, "")]) == "127.0.0.1")
        // The proxy sets one of them; the other came from its client.
        let both = [(HTTPField.Name.forwarded, "for=8.8.8.8"), (.forwardedFor, "203.162.0.11")]
        #expect(client("127.0.0.1", both) == "127.0.0.1")
    }
}
