import Values

/// An HTTP request as received. Signatures are verified over it before any of it is interpreted.
public struct SignedMessage: Sendable {
    public var method: String
    /// The path as sent, without the query.
    public var path: String
    /// The query as sent, without the question mark; empty if there is none.
    public var query: String
    public var authority: String
    /// `https` or `http` as used by the sender; `nil` if a proxy hides it, so that either may have been signed.
    public var scheme: String?
    /// The headers, with lowercase names; a name may occur several times.
    public var headers: [(name: String, value: String)]
    public var body: [UInt8]

    public init(
        method: String,
        path: String,
        query: String = "",
        authority: String = "",
        scheme: String? = nil,
        headers: [(name: String, value: String)],
        body: [UInt8]
    ) {
        self.method = method
        self.path = path
        self.query = query
        self.authority = authority
        self.scheme = scheme
        self.headers = headers
        self.body = body
    }

    /// Returns the value of a header; `nil` if it is missing or occurs several times.
    func header(_ name: String) -> String? {
        var found: String?
        for header in headers where header.name == name {
            guard found == nil else { return nil }
            found = header.value
        }
        return found
    }

    /// The longest header accepted for a signature, in bytes.
    static let maximumHeaderBytes = 8192

    /// Returns a header that a signature needs; throws if it is missing, empty, repeated or too long.
    func signatureHeader(_ name: String) throws(CallbackRefusal) -> String {
        guard let value = header(name.lowercased()), (1...SignedMessage.maximumHeaderBytes).contains(value.utf8.count)
        else {
            throw .unproved(
                .signatureMissing,
                name,
                Phrase(vi: "phải có trường tiêu đề này, một lần", en: "the header must be given, once")
            )
        }
        return value
    }
}
