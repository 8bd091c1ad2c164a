/// An HTTP request as it came in: what signatures are checked over, before anything is read for its meaning.
public struct SignedMessage: Sendable {
    public var method: String
    /// As sent, without the query.
    public var path: String
    /// As sent, without the question mark; empty where there is none.
    public var query: String
    public var authority: String
    /// Names in lower case; a name may stand several times.
    public var headers: [(name: String, value: String)]
    public var body: [UInt8]

    public init(
        method: String,
        path: String,
        query: String = "",
        authority: String = "",
        headers: [(name: String, value: String)],
        body: [UInt8]
    ) {
        self.method = method
        self.path = path
        self.query = query
        self.authority = authority
        self.headers = headers
        self.body = body
    }

    /// The one value of a header; `nil` where it is missing or stands several times.
    func header(_ name: String) -> String? {
        let values = headers.filter { $0.name == name }
        return values.count == 1 ? values[0].value : nil
    }
}
