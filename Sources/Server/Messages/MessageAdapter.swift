import Casework
import Collection
public import Values

/// How a gateway of SMS or Zalo is spoken to, as its operator declares it in a JSON file: one POST of JSON for each message.
public struct MessageAdapter: Sendable {
    let url: String
    /// With `{{secret}}` where the secret stands.
    let headers: [(name: String, value: String)]
    /// With `{{…}}` in its texts.
    let body: JSON
    /// The gateway's own number of its template, by kind and language; empty where the text is sent.
    let templates: [String: [String: String]]
    /// An answer means that it was taken if its status is one of these,
    let statuses: [Int64]
    /// and this member of it, found by names, is
    let path: [String]
    /// this; no path: the status is enough.
    let value: JSON?
    /// Values that mean that it never will be: there is no such number, or who has it wants none.
    let refusedValues: [JSON]
    let secret: String

    /// What may stand between `{{` and `}}`.
    static let placeholders: Set<String> = [
        "text", "phone", "phone84", "key", "template", "kind", "language", "name", "amount", "remaining", "reference",
        "dossier", "link", "expires", "help_phone", "secret",
    ]

    /// Reads a declaration; throws every fault of it with its pointer.
    ///
    /// - Parameter secret: what its file holds.
    public init(_ json: JSON, secret: String) throws {
        var reader = BodyReader(json)
        url = reader.text("url", 1...300)
        let address = WebAddress(url)
        if !url.isEmpty, address.map({ $0.isSecure || $0.isLoopback }) != true || address?.hasFragment == true {
            reader.fault(
                "/url",
                Phrase(
                    vi: "phải là địa chỉ https://… (http chỉ trên chính máy này)",
                    en: "must be an https://… address (http on this machine alone)"
                )
            )
        }
        headers = (reader.optionalObject("headers")?.members ?? []).map { ($0.name, $0.value.string ?? "") }
        for header in headers where !MessageAdapter.isHeader(header) {
            reader.fault("/headers", Phrase(vi: "có một đầu mục sai dạng", en: "has a header that is none"))
        }
        body = reader.optionalObject("body") ?? [:]
        if body == [:] { reader.fault("/body", .isMissing) }
        templates = Dictionary(
            (reader.optionalObject("templates")?.members ?? []).map { kind in
                let numbers = (kind.value.members ?? []).map { ($0.name, $0.value.string ?? "") }
                return (kind.name, Dictionary(numbers, uniquingKeysWith: { first, _ in first }))
            },
            uniquingKeysWith: { first, _ in first }
        )
        for kind in templates.keys where MessageKind(rawValue: kind) == nil {
            reader.fault("/templates", .oneOf(MessageKind.allCases.map(\.rawValue)))
        }
        let success = reader.optionalObject("success")
        reader.know("status", "path", "equals", "refused", in: success ?? [:], under: "/success")
        statuses = success?["status"]?.array?.compactMap(\.integer) ?? [200]
        path = (success?["path"]?.string ?? "").split(separator: "/").map(String.init)
        value = success?["equals"]
        refusedValues = success?["refused"]?.array ?? []
        reader.know("secret_file")
        self.secret = secret
        for name in MessageAdapter.named(in: body, headers) where !MessageAdapter.placeholders.contains(name) {
            reader.fault("/body", .oneOf(MessageAdapter.placeholders.sorted()))
        }
        try reader.finish()
    }

    private static func isHeader(_ header: (name: String, value: String)) -> Bool {
        !header.name.isEmpty && !header.value.isEmpty
            && header.name.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != 0x3A }
            && header.value.utf8.allSatisfy { (0x20...0x7E).contains($0) }
    }

    /// The names between `{{` and `}}`.
    private static func named(in body: JSON, _ headers: [(name: String, value: String)]) -> [String] {
        (body.serialized + headers.map(\.value).joined()).matches(of: /\{\{([a-z0-9_]+)\}\}/).map { String($0.1) }
    }

    /// The message as the gateway takes it; `nil` if it has no template for this kind and language.
    func message(_ message: ComposedMessage, timeout: Duration) -> EventMessage? {
        var values = message.fields
        let template = templates[message.kind.rawValue]?[message.language.rawValue]
        if !templates.isEmpty, template == nil { return nil }
        values["template"] = template ?? ""
        values["text"] = message.short
        values["phone"] = message.address
        values["phone84"] = String(message.address.drop { $0 == "+" })
        values["key"] = "khop-\(message.id)"
        values["kind"] = message.kind.rawValue
        values["language"] = message.language.rawValue
        values["secret"] = secret
        let filled = values
        let headers = headers.map { ($0.name, MessageAdapter.fill($0.value, filled)) }
        let isPlain = headers.allSatisfy { $0.1.utf8.allSatisfy { (0x20...0x7E).contains($0) } }
        guard isPlain else { return nil }
        return EventMessage(
            url: url,
            headers: [("Content-Type", "application/json"), ("Accept", "application/json"), ("User-Agent", "khop")]
                + headers,
            body: Array(MessageAdapter.fill(body, filled).serialized.utf8),
            timeout: timeout
        )
    }

    /// What stands in a value cannot change the form of the whole: texts are filled in, not JSON.
    private static func fill(_ json: JSON, _ values: [String: String]) -> JSON {
        switch json {
        case .string(let text): .string(fill(text, values))
        case .array(let items): .array(items.map { fill($0, values) })
        case .object(let members): .object(members.map { .init($0.name, fill($0.value, values)) })
        default: json
        }
    }

    private static func fill(_ text: String, _ values: [String: String]) -> String {
        text.replacing(/\{\{([a-z0-9_]+)\}\}/) { values[String($0.1)] ?? "" }
    }

    /// What an answer says. What a gateway says beyond a number is not kept: it may name the address.
    func read(_ status: Int, _ bytes: [UInt8]) -> MessageAnswer {
        let json: JSON?
        do { json = try JSON.parse(bytes) } catch { json = nil }
        let found = path.reduce(json) { $0?[$1] }
        let words = "HTTP \(status)" + (found?.integer.map { " \($0)" } ?? "")
        guard statuses.contains(Int64(status)) else {
            switch status {
            // It says itself that it did nothing, for now.
            case 408, 425, 429, 503: return .failed(words)
            case 400..<500: return .refused(words)
            // It may have failed after it had sent.
            default: return .unknown(words)
            }
        }
        guard !path.isEmpty else { return .sent }
        guard let found else { return .unknown(words + " without what tells of success") }
        if found == value { return .sent }
        return refusedValues.contains(found) ? .refused(words) : .failed(words)
    }
}
