import BankCallbacks

/// Headers as they are stored for the audit: one per line, credentials masked, preceded by the request line as HTTP/2
/// pseudo-headers, which some providers sign as well.
enum ReceivedHeaders {
    private static let hidden: Set<String> = ["authorization", "cookie", "proxy-authorization", "x-api-key"]

    static func text(_ message: SignedMessage) -> String {
        var text = ":method: \(message.method)\n:path: \(message.path)"
        if !message.query.isEmpty { text += "?" + message.query }
        if !message.authority.isEmpty { text += "\n:authority: \(message.authority)" }
        for header in message.headers.prefix(50) {
            text += "\n"
            text += header.name
            text += ": "
            text += hidden.contains(header.name) ? "(masked)" : header.value
        }
        // PostgreSQL's text holds no NUL.
        return text.utf8.contains(0) ? text.replacing("\0", with: "") : text
    }

    /// Restores the message from the stored headers and body.
    static func message(_ text: String, body: [UInt8]) -> SignedMessage {
        var message = SignedMessage(method: "POST", path: "", headers: [], body: body)
        for line in text.split(separator: "\n") {
            guard let colon = line.dropFirst().firstIndex(of: ":") else { continue }
            let value = String(line[line.index(after: colon)...].drop { $0 == " " })
            switch line[..<colon] {
            case ":method": message.method = value
            case ":path":
                let halves = value.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
                message.path = String(halves[0])
                message.query = halves.count > 1 ? String(halves[1]) : ""
            case ":authority": message.authority = value
            default: message.headers.append((name: String(line[..<colon]), value: value))
            }
        }
        return message
    }
}
