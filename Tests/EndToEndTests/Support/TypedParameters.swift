import Foundation
import PureSupport
import Values

@testable import Server

/// The query parameters that the document of the API types so that an empty value is none of them.
struct TypedParameters {
    private let document: JSON

    init() throws {
        document = try JSON.parse(
            Array(
                try Data(contentsOf: URL(fileURLWithPath: Repository.root + "/Sources/Server/Documents/openapi.json"))
            )
        )
    }

    /// - Parameter path: as the route table has it, `/v1/cases/:id`.
    func names(ofGet path: String) -> [String] {
        let written = path.split(separator: "/").map { $0.hasPrefix(":") ? "{\($0.dropFirst())}" : String($0) }
        let operation = document["paths"]?["/" + written.joined(separator: "/")]?["get"]
        return (operation?["parameters"]?.array ?? []).compactMap { parameter in
            let parameter = resolved(parameter)
            guard parameter["in"]?.string == "query", let name = parameter["name"]?.string else { return nil }
            let schema = resolved(parameter["schema"] ?? .null)
            let isText = schema["type"]?.string == "string" && schema["format"] == nil && schema["minLength"] == nil
            // A pattern is looked at by who wrote it.
            return isText && schema["enum"] == nil ? nil : name
        }
    }

    private func resolved(_ value: JSON) -> JSON {
        guard let target = value["$ref"]?.string else { return value }
        return target.split(separator: "/").dropFirst().reduce(document) { $0[String($1)] ?? .null }
    }
}
