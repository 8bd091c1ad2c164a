import Cryptography
import Values

/// One member of `Signature-Input` (RFC 9421 §4.1): the components that a signature covers, and its parameters.
package struct SignatureInput: Sendable {
    /// The names of the components, in order, lowercase and unique.
    package let components: [String]
    let parameters: [StructuredFields.Parameter]
    /// The list with its parameters in the standard's serialisation: the value of `@signature-params`.
    let text: String

    /// Returns the inputs of a header with their labels; throws if the header is malformed or uses parameters on
    /// components, which this profile does not support.
    package static func all(_ header: String) throws(CallbackRefusal) -> [(label: String, input: SignatureInput)] {
        let name = "signature-input"
        guard let members = StructuredFields.dictionary(header) else {
            throw .unproved(
                .signatureMalformed,
                name,
                Phrase(vi: "phải là từ điển theo RFC 9421", en: "must be a dictionary as RFC 9421 defines it")
            )
        }
        var inputs: [(label: String, input: SignatureInput)] = []
        for (label, member) in members {
            guard case .list(let items, let parameters) = member, let input = SignatureInput(items, parameters) else {
                throw .unproved(
                    .signatureMalformed,
                    name,
                    Phrase(
                        vi:
                            "\(label) phải là danh sách tên thành phần, mỗi tên một lần và không có tham số, như (\"@method\" \"@path\" \"content-digest\");created=…;keyid=\"…\"",
                        en:
                            "\(label) must be a list of component names, each once and without parameters, such as (\"@method\" \"@path\" \"content-digest\");created=…;keyid=\"…\""
                    )
                )
            }
            inputs.append((label, input))
        }
        return inputs
    }

    private init?(_ items: [StructuredFields.Item], _ parameters: [StructuredFields.Parameter]) {
        var components: [String] = []
        for item in items {
            guard case .string(let name) = item.value, item.parameters.isEmpty, !name.isEmpty,
                !name.utf8.contains(where: { (65...90).contains($0) }), !components.contains(name)
            else { return nil }
            components.append(name)
        }
        guard let tail = StructuredFields.text(parameters) else { return nil }
        self.components = components
        self.parameters = parameters
        text = "(" + components.compactMap { StructuredFields.text(.string($0)) }.joined(separator: " ") + ")" + tail
    }

    /// Whether a signature, written as in its header (`:base64:`), is valid for a signature base.
    package func holds(signature: String, base: [UInt8], secret: CallbackSecret) -> Bool {
        guard case .item(let item)? = StructuredFields.dictionary("s=" + signature)?.first?.member,
            case .bytes(let code) = item.value
        else { return false }
        return secret.key.verifies(code, of: base)
    }

    func integer(_ name: String) -> Int64? {
        guard case .integer(let value)? = parameters.first(where: { $0.name == name })?.value else { return nil }
        return value
    }

    func string(_ name: String) -> String? {
        guard case .string(let value)? = parameters.first(where: { $0.name == name })?.value else { return nil }
        return value
    }

    func has(_ name: String) -> Bool { parameters.contains { $0.name == name } }
}
