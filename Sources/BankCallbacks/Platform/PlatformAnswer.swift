import Values

/// An answer of the platform, out of the envelope of an integration layer if it is in one.
enum PlatformAnswer {
    case answer(JSON)
    case refused(String)
    case unreadable(String)

    static func open(status: Int, _ body: [UInt8]) -> PlatformAnswer {
        guard status == 200 else { return .unreadable("HTTP \(status)") }
        guard let json = parse(body) else {
            let isPage = body.first { !($0 == 0x20 || (0x09...0x0D).contains($0)) } == UInt8(ascii: "<")
            return .unreadable(isPage ? "a page came instead of JSON" : "the answer is not JSON")
        }
        guard json.members != nil else { return .unreadable("the answer is not a JSON object") }
        guard let code = text("error_code", json) else { return .answer(json) }
        guard code == "0" else { return .refused("error_code \(code) \(text("message", json) ?? "")") }
        switch json["message"] {
        case .object?: return .answer(json["message"] ?? .null)
        case .string(let text)?:
            guard let inner = parse(Array(text.utf8)), inner.members != nil else {
                return .unreadable("the message in the envelope is not JSON")
            }
            return .answer(inner)
        default: return .unreadable("the envelope has no message")
        }
    }

    private static func parse(_ bytes: [UInt8]) -> JSON? {
        do { return try JSON.parse(bytes) } catch { return nil }
    }

    /// A member's text, or the digits of a number.
    static func text(_ name: String, _ json: JSON) -> String? {
        switch json[name] {
        case .string(let text)?, .number(let text)?: text
        default: nil
        }
    }
}
