import Values

/// The fields of a message as they were written: numbers by their digits, texts as they are, in the order of the message.
struct WrittenFields: Sendable {
    struct Field: Sendable, Hashable {
        let name: String
        let text: String
    }

    let fields: [Field]

    /// More are refused.
    static let maximumFields = 100

    init(_ fields: [Field]) { self.fields = fields }

    /// A field's text; `nil` if it is missing.
    subscript(_ name: String) -> String? { fields.first { $0.name == name }?.text }

    /// The members of an object that are texts or numbers; null is empty. What is nested or a truth value decides nothing and
    /// is left out.
    init(_ object: JSON) throws(CallbackRefusal) {
        let members = object.members ?? []
        guard members.count <= WrittenFields.maximumFields else {
            throw .unproved(
                .bodyMalformed,
                "",
                Phrase(
                    vi: "tối đa \(WrittenFields.maximumFields) trường",
                    en: "must have at most \(WrittenFields.maximumFields) fields"
                )
            )
        }
        fields = members.compactMap { member in
            switch member.value {
            case .string(let text), .number(let text): Field(name: member.name, text: text)
            case .null: Field(name: member.name, text: "")
            case .bool, .array, .object: nil
            }
        }
    }

    /// The parameters of a query or a form; refuses one that appears twice.
    init(form bytes: some Collection<UInt8>) throws(CallbackRefusal) {
        guard let all = FormEncoding.parameters(bytes, maximum: WrittenFields.maximumFields) else {
            throw .unproved(
                .bodyMalformed,
                "",
                Phrase(vi: "phải là form-urlencoded UTF-8", en: "must be form-urlencoded UTF-8")
            )
        }
        guard Set(all.map(\.name)).count == all.count else {
            throw .unproved(
                .bodyMalformed,
                "",
                Phrase(vi: "không tham số nào được lặp", en: "no parameter may appear twice")
            )
        }
        fields = all.map { Field(name: $0.name, text: $0.value) }
    }
}
