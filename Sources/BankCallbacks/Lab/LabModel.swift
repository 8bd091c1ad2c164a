import Cryptography
import Values

/// How one message of a profile ought to be signed, taken apart so that deviations can be tried.
struct LabModel {
    /// What is signed.
    enum Content {
        /// Texts of headers and the body, joined with full stops.
        case body(before: [Lead], body: [UInt8], canonical: Bool)
        /// Names and values.
        case pairs([WrittenFields.Field], style: PairStyle)
        /// Values in a fixed order.
        case values([Value], separator: String, empty: SignatureScheme.EmptyValues)
        /// One text.
        case text([UInt8])
    }

    /// What stands before the body.
    struct Lead {
        let name: String
        let text: String
        /// Whether it is a time in Unix seconds (or milliseconds, where the profile wants them).
        let isTime: Bool
    }

    struct PairStyle {
        var isSorted = true
        var isEncoded = false
        var empty = SignatureScheme.EmptyValues.kept
        /// What stands before the first pair, with its `&`.
        var before = ""
        /// The fields in the order of the message, where another one is prescribed.
        var asWritten: [WrittenFields.Field] = []
        /// Fields that a sender might sign too much.
        var others: [WrittenFields.Field] = []
    }

    struct Value {
        let name: String
        let text: String
        /// To how many digits it is filled up.
        var padding = 0
    }

    var content: Content?
    var proof: SignatureScheme.Proof
    /// `hex`, `base64` or both, and what has to stand before.
    var spelling: SignatureScheme.Spelling
    /// The header or field of the signature.
    var place: SignatureScheme.Place
    /// The signatures in the message, without what stands around them.
    var offered: [String]
    /// The header of the time, and its value, where it is checked.
    var time: (name: String, text: String)?

    /// The bytes that ought to be signed.
    var expected: [UInt8]? { content?.bytes }
}

extension LabModel.Content {
    var bytes: [UInt8] {
        switch self {
        case .body(let leads, let body, let isCanonical):
            let head = leads.map { $0.text + "." }.joined()
            return Array(head.utf8) + (isCanonical ? LabModel.canonical(body) ?? body : body)
        case .pairs(let fields, let style): return style.bytes(fields)
        case .values(let values, let separator, let empty):
            let texts = values.map(\.padded).filter { empty == .kept || !$0.isEmpty }
            return Array(texts.joined(separator: separator).utf8)
        case .text(let bytes): return bytes
        }
    }
}

extension LabModel.Value {
    var padded: String { String(repeating: "0", count: max(0, padding - text.utf8.count)) + text }
}

extension LabModel.PairStyle {
    func bytes(_ fields: [WrittenFields.Field], encodings: Int? = nil) -> [UInt8] {
        var pairs = fields.filter { empty == .kept || !$0.text.isEmpty }
        if isSorted { pairs.sort { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) } }
        let text = pairs.map { "\(written($0.name, encodings))=\(written($0.text, encodings))" }.joined(separator: "&")
        return Array((before + text).utf8)
    }

    /// A text, URL-encoded as often as the profile has it, or as often as said.
    func written(_ text: String, _ encodings: Int? = nil) -> String {
        (0..<(encodings ?? (isEncoded ? 1 : 0))).reduce(text) { text, _ in
            var out: [UInt8] = []
            FormEncoding.encode(text, to: &out)
            return String(decoding: out, as: UTF8.self)
        }
    }
}

extension LabModel {
    static func canonical(_ body: [UInt8]) -> [UInt8]? {
        do { return CanonicalJSON.bytes(try JSON.parse(body)) } catch { return nil }
    }
}
