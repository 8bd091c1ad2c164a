import Cryptography
import Values

/// Checking a message of a declared dialect, and reading it then.
extension Dialect {
    func verify(
        _ message: SignedMessage,
        _ connection: ConnectionSettings,
        _ now: Instant
    ) throws(CallbackRefusal) -> CallbackContent {
        let outer = try outerFields(of: message)
        if let header = scheme.freshness {
            guard let seconds = wholeNumber(try message.signatureHeader(header)) else {
                throw .unproved(
                    .signatureMalformed,
                    header,
                    Phrase(vi: "phải là số giây Unix nguyên", en: "must be whole Unix seconds")
                )
            }
            try checkWindow(seconds, now, header: header)
        }
        let signature = try signature(in: outer, message)
        try checkSeparators(outer)
        var isProved = false
        for secret in connection.secrets where !isProved {
            isProved = scheme.holds(signature, try signedBytes(outer, message, secret), secret)
        }
        guard isProved else { throw .mismatch(scheme.placeName) }
        let fields = try innerFields(outer)
        let merchant = meaning.merchant.flatMap { fields[$0] }.flatMap { $0.isEmpty ? nil : $0 }
        try connection.require(merchant: merchant)
        return .notice(try read(fields, connection))
    }

    /// The fields that the signature stands among.
    func outerFields(of message: SignedMessage) throws(CallbackRefusal) -> WrittenFields {
        let isQuery = message.body.isEmpty && !message.query.isEmpty
        switch carrier {
        case .json: return try WrittenFields(try Fields.body(message.body, isProved: false).object)
        case .form: return try isQuery ? WrittenFields(form: message.query.utf8) : WrittenFields(form: message.body)
        case .formOrJSON, .wrapped:
            if isQuery { return try WrittenFields(form: message.query.utf8) }
            guard message.body.first(where: { !$0.isBlank }) == UInt8(ascii: "{") else {
                return try WrittenFields(form: message.body)
            }
            return try WrittenFields(try Fields.body(message.body, isProved: false).object)
        }
    }

    /// The fields that are read, from a sender that was verified.
    private func innerFields(_ outer: WrittenFields) throws(CallbackRefusal) -> WrittenFields {
        guard case .wrapped(let name) = carrier else { return outer }
        let text = (outer[name] ?? "").map { $0 == "-" ? "+" : $0 == "_" ? "/" : $0 }
        guard let decoded = bytes(base64: String(text)) else {
            throw CallbackRefusal(
                .fieldInvalid,
                pointer(name),
                Phrase(vi: "phải là JSON viết theo base64", en: "must be JSON in base64")
            )
        }
        return try WrittenFields(try Fields.body(decoded, isProved: true).object)
    }

    private func signature(in outer: WrittenFields, _ message: SignedMessage) throws(CallbackRefusal) -> [UInt8] {
        let text: String
        switch scheme.place {
        case .header(let name): text = try message.signatureHeader(name)
        case .field(let name):
            guard let value = outer[name], (1...SignedMessage.maximumHeaderBytes).contains(value.utf8.count) else {
                throw .unproved(.signatureMissing, pointer(name), Phrase(vi: "còn thiếu", en: "must be given"))
            }
            text = value
        }
        guard let code = scheme.spelling.read(text) else {
            throw .unproved(.signatureMalformed, scheme.placeName, scheme.spelling.phrase)
        }
        return code
    }

    /// Throws if a value contains what stands between values, so that one signature would fit two messages.
    private func checkSeparators(_ outer: WrittenFields) throws(CallbackRefusal) {
        switch scheme.part {
        case .values(let terms, let separator, _) where !separator.isEmpty:
            for name in terms.compactMap(\.name) where outer[name]?.contains(separator) == true {
                throw .unproved(
                    .signatureMalformed,
                    pointer(name),
                    Phrase(
                        vi:
                            "có “\(separator)”, chữ ký của nhà cung cấp này không phân biệt được với chỗ nối hai trường",
                        en: "has “\(separator)”, which this sender's signature cannot tell from the end of a field"
                    )
                )
            }
        case .sortedPairs:
            for field in outer.fields { try JoinedFields.check(field.text.utf8, at: pointer(field.name)) }
        case .sortedValues(let names):
            for field in outer.fields where !names.contains(field.name) && !scheme.ownField.contains(field.name) {
                throw .unproved(
                    .signatureMalformed,
                    pointer(field.name),
                    Phrase(
                        vi: "là trường lạ, mà chữ ký của nhà cung cấp này không bảo vệ tên trường",
                        en: "is not a field of this sender, whose signature does not cover names"
                    )
                )
            }
        case .body, .timestampedBody, .field, .values: break
        }
    }

    /// The bytes that a sender with this secret signs.
    func signedBytes(
        _ outer: WrittenFields,
        _ message: SignedMessage,
        _ secret: CallbackSecret?
    ) throws(CallbackRefusal) -> [UInt8] {
        switch scheme.part {
        case .body: message.body
        case .timestampedBody(let header): Array((try message.signatureHeader(header) + ".").utf8) + message.body
        case .field(let name): Array((outer[name] ?? "").utf8)
        case .values(let terms, let separator, let empty):
            Array(
                terms.map { $0.text(outer, secret) }.filter { empty == .kept || !$0.isEmpty }
                    .joined(separator: separator).utf8
            )
        case .sortedPairs(let prefixes, let except, let empty):
            Array(
                outer.sorted(prefixes, except.union(scheme.ownField)).filter { empty == .kept || !$0.text.isEmpty }
                    .map { "\($0.name)=\($0.text)" }.joined(separator: "&").utf8
            )
        case .sortedValues:
            Array(outer.sorted([], scheme.ownField).map(\.text).joined().utf8)
        }
    }

    /// The answer to a result. A message that cannot be read is answered without what it said.
    func acknowledge(
        _ result: CallbackResult,
        _ message: SignedMessage?,
        _ secret: CallbackSecret?,
        _ now: Instant,
        _ language: Language
    ) -> Acknowledgement {
        var fields: WrittenFields?
        if let message { do { fields = try outerFields(of: message) } catch {} }
        return answer(result, AnswerContext(fields: fields, secret: secret, now: now, language: language))
    }

    /// A field's name as refusals give it.
    func pointer(_ name: String) -> String { carrier == .json ? "/" + name : name }
}

extension WrittenFields {
    fileprivate func sorted(_ prefixes: [String], _ except: Set<String>) -> [Field] {
        fields.filter { field in
            !except.contains(field.name) && (prefixes.isEmpty || prefixes.contains { field.name.hasPrefix($0) })
        }.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    }
}

extension SignatureScheme.Term {
    fileprivate func text(_ fields: WrittenFields, _ secret: CallbackSecret?) -> String {
        switch self {
        case .field(let name): return fields[name] ?? ""
        case .padded(let name, let digits):
            let text = fields[name] ?? ""
            return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
        case .accessKey: return secret?.accessKey ?? ""
        }
    }
}

extension SignatureScheme {
    /// The field of the signature itself, which no signature covers.
    var ownField: Set<String> { if case .field(let name) = place { [name] } else { [] } }

    var placeName: String {
        switch place {
        case .field(let name), .header(let name): name
        }
    }

    /// Whether a signature is of these bytes, compared in constant time.
    func holds(_ signature: [UInt8], _ signed: [UInt8], _ secret: CallbackSecret) -> Bool {
        switch proof {
        case .hmac(let hash): areEqual(signature, secret.key.code(of: signed, hash))
        case .gluedHash(let hash, let place):
            secret.key.withBytes { areEqual(signature, hash.hash(place.glue($0, to: signed))) }
        case .rsa(let hash): secret.publicKey?.verifies(signature, of: signed, hash) ?? false
        }
    }
}

extension SignatureScheme.SecretPlace {
    func glue(_ secret: [UInt8], to signed: [UInt8]) -> [UInt8] {
        switch self {
        case .first(let between): secret + Array(between.utf8) + signed
        case .last(let between): signed + Array(between.utf8) + secret
        }
    }
}

extension SignatureScheme.Spelling {
    func read(_ text: String) -> [UInt8]? {
        switch self {
        case .hex(let prefix): text.hasPrefix(prefix) ? bytes(hex: text.dropFirst(prefix.count)) : nil
        case .base64: bytes(base64: text)
        case .hexOrBase64: bytes(hex: text) ?? bytes(base64: text)
        }
    }

    var phrase: Phrase {
        switch self {
        case .hex(""): Phrase(vi: "phải là chữ số thập lục phân", en: "must be hex digits")
        case .hex(let prefix):
            Phrase(vi: "phải là \(prefix) và chữ số thập lục phân", en: "must be \(prefix) and hex digits")
        case .base64: Phrase(vi: "phải viết theo base64", en: "must be base64")
        case .hexOrBase64: Phrase(vi: "phải là chữ số thập lục phân hoặc base64", en: "must be hex digits or base64")
        }
    }
}

extension UInt8 {
    fileprivate var isBlank: Bool { self == 0x20 || (0x09...0x0D).contains(self) }
}
