import Values

/// A callback that somebody wrote down: as HTTP, as JSON with its parts, or its body alone.
public struct CapturedMessage: Sendable {
    /// The most bytes that are read.
    public static let maximumBytes = 1 << 20

    public let message: SignedMessage
    /// The secret, where the file names one.
    public let secret: String?

    /// Reads what was written down.
    ///
    /// - Parameters:
    ///   - bytes: an HTTP request with its first line, headers and body; or a JSON object {method, path, query, headers, body,
    ///     secret} whose `body` is a text; or the body alone.
    ///   - headers: further headers, for a body alone.
    ///   - isByGET: whether a text without a first line is a query rather than a body.
    public init(_ bytes: [UInt8], headers: [(name: String, value: String)] = [], isByGET: Bool = false) {
        let more = headers.map { (name: $0.name.lowercased(), value: $0.value) }
        if let http = CapturedMessage.http(bytes) {
            message = http.adding(more)
            secret = nil
            return
        }
        if let parts = CapturedMessage.parts(bytes) {
            message = parts.message.adding(more)
            secret = parts.secret
            return
        }
        let text = String(decoding: bytes, as: UTF8.self)
        let isQuery = isByGET && !text.contains("{") && text.contains("=")
        let query = text.drop { $0 == "?" }.filter { !$0.isNewline }
        message = SignedMessage(
            method: isQuery ? "GET" : "POST",
            path: "/",
            query: isQuery ? String(query) : "",
            headers: more,
            body: isQuery ? [] : bytes
        )
        secret = nil
    }

    /// A request as it goes over the wire; line ends of either kind.
    private static func http(_ bytes: [UInt8]) -> SignedMessage? {
        let newline = UInt8(ascii: "\n")
        let first = bytes.prefix { $0 != newline }
        let words = String(decoding: first, as: UTF8.self).split(whereSeparator: \.isWhitespace)
        guard words.count >= 2, ["GET", "POST", "PUT"].contains(words[0]),
            words[1].hasPrefix("/") || words[1].contains("://")
        else { return nil }
        var rest = bytes.dropFirst(first.count + 1)
        var headers: [(name: String, value: String)] = []
        while !rest.isEmpty {
            let line = rest.prefix { $0 != newline }
            rest = rest.dropFirst(line.count + 1)
            let text = String(decoding: line, as: UTF8.self).filter { $0 != "\r" && $0 != "\r\n" }
            guard let colon = text.firstIndex(of: ":") else { break }
            let value = text[text.index(after: colon)...].drop { $0 == " " }
            headers.append((text[..<colon].lowercased(), String(value)))
        }
        var target = words[1]
        if let scheme = target.firstRange(of: "://") { target = target[scheme.upperBound...].drop { $0 != "/" } }
        let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        return SignedMessage(
            method: String(words[0]),
            path: String(parts[0]),
            query: parts.count > 1 ? String(parts[1]) : "",
            authority: headers.first { $0.name == "host" }?.value ?? "",
            headers: headers,
            body: Array(rest)
        )
    }

    private static func parts(_ bytes: [UInt8]) -> (message: SignedMessage, secret: String?)? {
        let json: JSON
        do { json = try JSON.parse(bytes) } catch { return nil }
        guard json["headers"] != nil || json["query"]?.string != nil, json["body"]?.string != nil || json["body"] == nil
        else { return nil }
        let headers = (json["headers"]?.members ?? []).map { ($0.name.lowercased(), $0.value.string ?? "") }
        let message = SignedMessage(
            method: json["method"]?.string ?? "POST",
            path: json["path"]?.string ?? "/",
            query: json["query"]?.string ?? "",
            authority: json["authority"]?.string ?? "",
            headers: headers,
            body: Array((json["body"]?.string ?? "").utf8)
        )
        return (message, json["secret"]?.string)
    }
}

extension SignedMessage {
    fileprivate func adding(_ more: [(name: String, value: String)]) -> SignedMessage {
        var other = self
        other.headers += more
        return other
    }
}
