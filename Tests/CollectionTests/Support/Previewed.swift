import Collection
import Foundation
import Values

/// Previews and imports texts and fixtures in tests.
enum Previewed {
    /// A file with a text, as long as the body runs.
    static func withFile<Value>(_ text: String, _ body: (String) async throws -> Value) async throws -> Value {
        let path = FileManager.default.temporaryDirectory.path + "/khop-\(UUID().uuidString).csv"
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        defer { unlink(path) }
        return try await body(path)
    }

    static func text(_ text: String, _ services: Services, _ account: String, format: String = "auto") async throws
        -> JSON
    {
        try await withFile(text) { path in
            try await services.statementPreviews.preview(path: path, account: account, format: format).json(
                in: .english
            )
        }
    }

    /// What a run counts of the outcomes of lines, without what it found none of.
    static func counts(_ json: JSON?) -> [String: Int64] {
        Dictionary(
            uniqueKeysWithValues: (json?.members ?? []).compactMap { member in
                member.value.integer.flatMap { $0 == 0 ? nil : (member.name, $0) }
            }
        )
    }
}
