import HTTPTypes
import Hummingbird

extension HTTPField.Name {
    static let secFetchSite = HTTPField.Name("Sec-Fetch-Site")!
}

/// Whether a form came from a page of ours: what the browser itself says of where a request was made.
enum PageOrigin {
    /// - Parameter publicURL: the address that people open.
    static func isOurs(_ request: Request, publicURL: String) -> Bool {
        let (site, origin) = (request.headers[.secFetchSite], request.headers[.origin])
        // A browser too old to say either is refused: neither can be left out by a page.
        guard site != nil || origin != nil else { return false }
        if let site, site != "same-origin" { return false }
        guard let origin else { return true }
        return origin == self.origin(of: publicURL)
            || origin.split(separator: "/").last.map(String.init) == request.head.authority
    }

    /// Scheme, host and port of an address.
    static func origin(of url: String) -> String {
        let parts = url.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
        return parts.prefix(3).joined(separator: "/").lowercased()
    }
}
