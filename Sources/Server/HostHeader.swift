import Collection
import HTTPTypes
import Hummingbird
import Values

/// Refuses what programs in between may read in different ways: no host, or two of them (RFC 9112, 3.2).
enum HostHeader {
    /// A request that names no host, or more than one.
    struct Unclear: Error {}

    /// Balancers ask for health in HTTP/1.0, which has no hosts.
    private static let healthPaths: Set<String> = ["/healthz", "/readyz"]

    private static let name = HTTPField.Name("Host")!

    static func check(_ request: Request) throws {
        // The library takes the first as the authority and leaves the others among the headers.
        guard request.headers[name] == nil else { throw Unclear() }
        guard let host = request.head.authority, !host.isEmpty else {
            guard healthPaths.contains(request.uri.path) else { throw Unclear() }
            return
        }
        let isPlain = host.utf8.allSatisfy {
            (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0)
                || [0x2D, 0x2E, 0x3A, 0x5B, 0x5D, 0x5F].contains($0)
        }
        guard isPlain, host.utf8.count <= 255 else { throw Unclear() }
    }
}
