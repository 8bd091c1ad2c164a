import Values

/// Reads JSON schemas of a document as lists of fields.
struct SchemaReader {
    let document: JSON
    /// How deep objects in objects are told.
    private static let depth = 5

    /// What a reference stands for; anything else is itself.
    func resolved(_ json: JSON) -> JSON {
        var json = json
        // A document whose references go round is not valid, and is not followed for ever.
        for _ in 0..<10 {
            guard let reference = json["$ref"]?.string else { break }
            json = reference.split(separator: "/").dropFirst().reduce(document) { node, part in
                node[String(part).replacing("~1", with: "/").replacing("~0", with: "~")] ?? .null
            }
        }
        return json
    }

    func parameter(_ json: JSON) -> APIDocument.Field {
        let told = resolved(json)
        return APIDocument.Field(
            name: told["name"]?.string ?? "",
            type: [type(told["schema"] ?? .null), told["in"]?.string == "query" ? nil : told["in"]?.string]
                .compactMap { $0 }.joined(separator: ", "),
            isRequired: told["required"]?.bool ?? false,
            text: told["description"]?.string ?? ""
        )
    }

    /// The fields of an object, those of objects in it after them.
    func fields(_ schema: JSON, under prefix: String = "", level: Int = 0) -> [APIDocument.Field] {
        guard level < SchemaReader.depth else { return [] }
        let told = resolved(schema)
        if let items = told["items"] { return fields(items, under: prefix + "[]", level: level + 1) }
        if let parts = told["allOf"]?.array ?? told["oneOf"]?.array {
            return parts.flatMap { fields($0, under: prefix, level: level) }
        }
        let required = Set((told["required"]?.array ?? []).compactMap(\.string))
        let dot = prefix.isEmpty ? "" : prefix + "."
        return (told["properties"]?.members ?? []).flatMap { member -> [APIDocument.Field] in
            let field = APIDocument.Field(
                name: dot + member.name,
                type: type(member.value),
                isRequired: required.contains(member.name),
                text: member.value["description"]?.string ?? resolved(member.value)["description"]?.string ?? ""
            )
            return [field] + fields(member.value, under: dot + member.name, level: level + 1)
        }
    }

    /// `string (uuid)`, `integer | null`, or the values that it may have.
    func type(_ schema: JSON) -> String {
        let told = resolved(schema)
        if let values = told["enum"]?.array {
            return values.map { $0.string ?? $0.serialized }.joined(separator: " | ")
        }
        if let value = told["const"] { return value.string ?? value.serialized }
        if let parts = told["oneOf"]?.array { return parts.map(type).joined(separator: " | ") }
        if told["allOf"] != nil { return "object" }
        let names = (told["type"]?.array ?? [told["type"] ?? .null]).compactMap(\.string)
        return names.map { name in
            switch (name, told["format"]?.string) {
            case ("array", _): "[" + type(told["items"] ?? .null) + "]"
            case ("null", _), (_, nil): name
            case (_, let format?): "\(name) (\(format))"
            }
        }.joined(separator: " | ")
    }
}
