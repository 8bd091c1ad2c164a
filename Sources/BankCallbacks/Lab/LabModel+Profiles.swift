import Cryptography
import Values

/// The models of the profiles.
extension LabModel {
    /// The model of a message; `nil` where the message cannot be taken apart at all.
    init?(_ profile: CallbackProfile, _ message: SignedMessage, _ connection: ConnectionSettings) {
        if let dialect = profile.dialect {
            self.init(dialect, message, connection.secrets.first)
            return
        }
        switch profile {
        case .standard: self.init(standard: message)
        case .timestamped:
            self.init(timestamped: message, connection.signatureHeader ?? TimestampedProfile.defaultHeader)
        case .casso: self.init(casso: message)
        case .vnpay: self.init(vnpay: message)
        case .rfc9421: self.init(messageSignature: message, connection)
        case .payos, .momo, .zalopay: self.init(jsonOf: profile, message, connection.secrets.first)
        default: return nil
        }
    }

    private init?(_ dialect: Dialect, _ message: SignedMessage, _ secret: CallbackSecret?) {
        let outer: WrittenFields
        do { outer = try dialect.outerFields(of: message) } catch { return nil }
        let scheme = dialect.scheme
        (proof, spelling, place) = (scheme.proof, scheme.spelling, scheme.place)
        offered = LabModel.offered(place, outer, message)
        if let header = scheme.freshness { time = (header, message.header(header.lowercased()) ?? "") }
        switch scheme.part {
        case .body: content = .body(before: [], body: message.body, canonical: false)
        case .timestampedBody(let header):
            let lead = Lead(name: header, text: message.header(header.lowercased()) ?? "", isTime: true)
            content = .body(before: [lead], body: message.body, canonical: false)
        case .field(let name): content = .text(Array((outer[name] ?? "").utf8))
        case .values(let terms, let separator, let empty):
            content = .values(
                terms.map { term in
                    switch term {
                    case .field(let name): Value(name: name, text: outer[name] ?? "")
                    case .padded(let name, let digits): Value(name: name, text: outer[name] ?? "", padding: digits)
                    case .accessKey: Value(name: "accessKey", text: secret?.accessKey ?? "")
                    }
                },
                separator: separator,
                empty: empty
            )
        case .sortedPairs(let prefixes, let except, let empty):
            let own = except.union(scheme.ownField)
            let signed = outer.fields.filter { field in
                !own.contains(field.name) && (prefixes.isEmpty || prefixes.contains { field.name.hasPrefix($0) })
            }
            let others = outer.fields.filter { !signed.contains($0) && !scheme.ownField.contains($0.name) }
            content = .pairs(signed, style: PairStyle(empty: empty, others: others))
        case .sortedValues:
            let signed = outer.fields.filter { !scheme.ownField.contains($0.name) }
                .sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
            content = .values(signed.map { Value(name: $0.name, text: $0.text) }, separator: "", empty: .dropped)
        }
    }

    private static func offered(
        _ place: SignatureScheme.Place,
        _ fields: WrittenFields,
        _ message: SignedMessage
    ) -> [String] {
        switch place {
        case .header(let name): message.header(name.lowercased()).map { [$0] } ?? []
        case .field(let name): fields[name].map { $0.isEmpty ? [] : [$0] } ?? []
        }
    }

    private init(standard message: SignedMessage) {
        let seconds = message.header("webhook-timestamp") ?? ""
        content = .body(
            before: [
                Lead(name: "webhook-id", text: message.header("webhook-id") ?? "", isTime: false),
                Lead(name: "webhook-timestamp", text: seconds, isTime: true),
            ],
            body: message.body,
            canonical: false
        )
        (proof, spelling, place) = (.hmac(.sha256), .base64, .header("webhook-signature"))
        time = ("webhook-timestamp", seconds)
        offered = (message.header("webhook-signature") ?? "").split(separator: " ").prefix(16).map { part in
            part.hasPrefix("v1,") ? String(part.dropFirst(3)) : "?" + part
        }
    }

    private init(timestamped message: SignedMessage, _ header: String) {
        let parts = LabModel.parts(message.header(header.lowercased()) ?? "")
        content = .body(
            before: [Lead(name: header, text: parts.time, isTime: true)],
            body: message.body,
            canonical: false
        )
        (proof, spelling, place) = (.hmac(.sha256), .hex(prefix: ""), .header(header))
        time = (header, parts.time)
        offered = parts.codes
    }

    private init(casso message: SignedMessage) {
        let parts = LabModel.parts(message.header(CassoProfile.header) ?? "")
        content = .body(
            before: [Lead(name: CassoProfile.header, text: parts.time, isTime: true)],
            body: message.body,
            canonical: true
        )
        (proof, spelling, place) = (.hmac(.sha512), .hex(prefix: ""), .header(CassoProfile.header))
        offered = parts.codes
    }

    /// `t=…,v1=…`; a header of another form is one signature without a time.
    private static func parts(_ header: String) -> (time: String, codes: [String]) {
        let parts = header.split(separator: ",").map { $0.drop { $0 == " " } }
        let time = parts.first { $0.hasPrefix("t=") }.map { String($0.dropFirst(2)) }
        let codes = parts.filter { $0.hasPrefix("v1=") }.map { String($0.dropFirst(3)) }
        if time == nil, codes.isEmpty { return ("", header.isEmpty ? [] : ["?" + header]) }
        return (time ?? "", codes)
    }

    private init?(vnpay message: SignedMessage) {
        let bytes = message.body.isEmpty ? Array(message.query.utf8) : message.body
        guard let all = FormEncoding.parameters(bytes) else { return nil }
        let fields = all.map { WrittenFields.Field(name: $0.name, text: $0.value) }
        let unsigned = ["vnp_SecureHash", "vnp_SecureHashType"]
        let signed = fields.filter { $0.name.hasPrefix("vnp_") && !unsigned.contains($0.name) }
        let others = fields.filter { !signed.contains($0) && $0.name != unsigned[0] }
        content = .pairs(signed, style: PairStyle(isEncoded: true, empty: .dropped, others: others))
        (proof, spelling, place) = (.hmac(.sha512), .hex(prefix: ""), .field("vnp_SecureHash"))
        offered = fields.filter { $0.name == "vnp_SecureHash" && !$0.text.isEmpty }.map(\.text)
    }

    private init?(messageSignature message: SignedMessage, _ connection: ConnectionSettings) {
        (proof, spelling, place) = (.hmac(.sha256), .base64, .header("signature"))
        offered = []
        guard let header = message.header("signature-input") else { return }
        do throws(CallbackRefusal) {
            let inputs = try SignatureInput.all(header)
            guard let own = inputs.first(where: { $0.input.string("keyid") == connection.name }) ?? inputs.first else {
                return
            }
            content = .text(try message.signatureBase(own.input, scheme: message.scheme ?? "https"))
            time = own.input.integer("created").map { ("signature-input", String($0)) }
            let signatures = message.header("signature").flatMap { StructuredFields.dictionary($0) } ?? []
            if case .item(let item)? = signatures.first(where: { $0.name == own.label })?.member,
                case .bytes(let code) = item.value
            {
                offered = [base64(code)]
            }
        } catch { return }
    }

    private init?(jsonOf profile: CallbackProfile, _ message: SignedMessage, _ secret: CallbackSecret?) {
        let body: JSON
        do { body = try JSON.parse(message.body) } catch { return nil }
        spelling = .hex(prefix: "")
        proof = .hmac(.sha256)
        func text(_ value: JSON?) -> String {
            switch value {
            case .string(let text)?, .number(let text)?: text
            case nil, .null?: ""
            case let other?: String(decoding: CanonicalJSON.bytes(other), as: UTF8.self)
            }
        }
        switch profile {
        case .payos:
            place = .field("signature")
            offered = body["signature"]?.string.map { [$0] } ?? []
            content = .pairs(
                (body["data"]?.members ?? []).map { member in
                    let isNothing = member.value == "null" || member.value == "undefined"
                    return WrittenFields.Field(name: member.name, text: isNothing ? "" : text(member.value))
                },
                style: PairStyle()
            )
        case .momo:
            place = .field("signature")
            offered = body["signature"]?.string.map { [$0] } ?? []
            content = .pairs(
                MoMoProfile.signedNames.map { WrittenFields.Field(name: $0, text: text(body[$0])) },
                style: PairStyle(
                    isSorted: false,
                    before: "accessKey=\(secret?.accessKey ?? "")&",
                    asWritten: (body.members ?? []).filter { MoMoProfile.signedNames.contains($0.name) }
                        .map { WrittenFields.Field(name: $0.name, text: text($0.value)) }
                )
            )
        default:
            place = .field("mac")
            offered = body["mac"]?.string.map { [$0] } ?? []
            content = body["data"]?.string.map { .text(Array($0.utf8)) }
        }
    }
}
