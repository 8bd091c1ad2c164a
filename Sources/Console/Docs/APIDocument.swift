public import Values

/// The description of the API (OpenAPI 3.1, as JSON), as the pages show it.
public struct APIDocument: Sendable {
    /// A field of a body or of an answer, or a parameter.
    struct Field: Sendable, Hashable {
        /// `payer.evidence.kind`, `items[].id`.
        let name: String
        /// `string (uuid)`, or the values that it may have.
        let type: String
        let isRequired: Bool
        let text: String
    }

    /// What is answered with a status.
    struct Answer: Sendable {
        let status: String
        let text: String
        /// The content types.
        let types: [String]
        let fields: [Field]
    }

    /// A method of an address, or an event.
    struct Operation: Sendable {
        let method: String
        let path: String
        let tag: String
        let summary: Phrase
        let text: String
        let parameters: [Field]
        let body: [Field]
        let answers: [Answer]
        let isOpen: Bool
    }

    /// A group of operations, in the order of the document.
    struct Tag: Sendable {
        let name: String
        let text: Phrase
        let operations: [Operation]
    }

    let version: String
    let text: String
    let tags: [Tag]

    /// - Parameter json: the whole document.
    public init(_ json: JSON) {
        let reader = SchemaReader(document: json)
        version = json["info"]?["version"]?.string ?? ""
        text = json["info"]?["description"]?.string ?? ""
        var operations: [Operation] = []
        for (kind, members) in [("paths", json["paths"]?.members), ("webhooks", json["webhooks"]?.members)] {
            for path in members ?? [] {
                let shared = path.value["parameters"]?.array ?? []
                for method in path.value.members ?? [] where method.name != "parameters" {
                    let name = kind == "webhooks" ? "EVENT" : method.name.uppercased()
                    operations.append(APIDocument.operation(name, path.name, method.value, shared, reader))
                }
            }
        }
        tags = (json["tags"]?.array ?? []).map { tag in
            let name = tag["name"]?.string ?? ""
            let english = tag["description"]?.string ?? name
            return Tag(
                name: name,
                text: Phrase(vi: tag["x-vi"]?.string ?? english, en: english),
                operations: operations.filter { $0.tag == name }
            )
        }
    }

    private static func operation(
        _ method: String,
        _ path: String,
        _ json: JSON,
        _ shared: [JSON],
        _ reader: SchemaReader
    ) -> Operation {
        let english = json["summary"]?.string ?? ""
        let own = json["parameters"]?.array ?? []
        let content = reader.resolved(json["requestBody"] ?? .null)["content"]?.members ?? []
        let answers = (json["responses"]?.members ?? []).map { response -> Answer in
            let told = reader.resolved(response.value)
            let types = told["content"]?.members ?? []
            return Answer(
                status: response.name,
                text: told["description"]?.string ?? "",
                types: types.map(\.name),
                // Every refusal has the same fields, which stand on the first page.
                fields: response.name == "default" ? [] : reader.fields(types.first?.value["schema"] ?? .null)
            )
        }
        return Operation(
            method: method,
            path: path,
            tag: json["tags"]?.array?.first?.string ?? "",
            summary: Phrase(vi: json["x-vi"]?.string ?? english, en: english),
            text: json["description"]?.string ?? "",
            parameters: (shared + own).map { reader.parameter($0) },
            body: reader.fields(content.first?.value["schema"] ?? .null),
            answers: answers,
            isOpen: json["security"]?.array?.isEmpty ?? false
        )
    }
}
