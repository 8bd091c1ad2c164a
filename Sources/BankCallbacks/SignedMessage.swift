import Values

/// An HTTP request as it came in: what signatures are checked over, before anything is read for its meaning.
public struct SignedMessage: Sendable {
    public var method: String
    /// As sent, without the query.
    public var path: String
    /// As sent, without the question mark; empty where there is none.
    public var query: String
    public var authority: String
    /// `https` or `http` as the sender saw it; `nil` where a proxy in between hides it, and either may have been signed.
    public var scheme: String?
    /// Names in lower case; a name may stand several times.
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

    /// The one value of a header; `nil` where it is missing or stands several times.
    func header(_ name: String) -> String? {
        var found: String?
        for header in headers where header.name == name {
            guard found == nil else { return nil }
            found = header.value
        }
        return found
    }

    /// The longest header that is looked at for a signature, in bytes.
    static let maximumHeaderBytes = 8192

    /// A header that a signature needs; refused where it is missing, empty, given twice or too long.
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
