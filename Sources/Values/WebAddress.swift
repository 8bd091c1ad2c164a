/// The address of a page or a service on the web, `https://host:port/path`, in its plain form.
///
/// What browsers read in different ways is none: user names, backslashes, characters beyond ASCII, numbers for hosts that are
/// no addresses.
public struct WebAddress: Sendable, Hashable {
    public let isSecure: Bool
    /// In lower case; an address of version 6 without its brackets.
    public let host: String
    public let port: Int?
    public let hasQuery: Bool
    public let hasFragment: Bool

    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        let isPlain = bytes.allSatisfy { (0x21...0x7E).contains($0) && !Self.unsafe.contains($0) }
        guard bytes.count <= 2048, isPlain else { return nil }
        let scheme = ["https://", "http://"].first { text.lowercased().hasPrefix($0) }
        guard let scheme else { return nil }
        isSecure = scheme == "https://"
        let rest = text.dropFirst(scheme.count)
        let authority = rest.prefix { !"/?#".contains($0) }
        let tail = rest[authority.endIndex...]
        let beforeFragment = tail.prefix { $0 != "#" }
        hasFragment = beforeFragment.endIndex != tail.endIndex
        hasQuery = beforeFragment.contains("?")
        var host = authority[...]
        var port: Int?
        if let colon = authority.lastIndex(of: ":"), !authority.hasSuffix("]") {
            let digits = authority[authority.index(after: colon)...]
            guard digits.utf8.count <= 5, digits.utf8.allSatisfy({ (48...57).contains($0) }), let number = Int(digits),
                (0...65_535).contains(number)
            else { return nil }
            port = number
            host = authority[..<colon]
        }
        guard let name = Self.host(host) else { return nil }
        (self.host, self.port) = (name, port)
    }

    /// Its host as an address, if it is one.
    public var address: IPAddress? { IPAddress(host) }

    /// Whether it leads to this machine.
    public var isLoopback: Bool { host == "localhost" || address?.isLoopback == true }

    /// The plain form of a host; `nil` if it is none.
    public static func host(_ text: some StringProtocol) -> String? {
        let text = text.lowercased()
        if text.hasPrefix("[") {
            guard text.hasSuffix("]"), text.contains(":") else { return nil }
            return IPAddress(text)?.description
        }
        let labels = text.split(separator: ".", omittingEmptySubsequences: false)
        let isName = labels.allSatisfy { label in
            (1...63).contains(label.utf8.count) && label.first != "-" && label.last != "-"
                && label.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 0x2D }
        }
        guard isName, text.utf8.count <= 253 else { return nil }
        // A last label that begins with a digit makes it an address, in one of many notations.
        guard labels.last?.utf8.first.map({ (48...57).contains($0) }) == true else { return text }
        return IPAddress(text)?.description
    }

    /// Characters that no address has; some programs take a backslash for a slash.
    private static let unsafe: Set<UInt8> = Set("\"<>\\^`{|}".utf8)
}
