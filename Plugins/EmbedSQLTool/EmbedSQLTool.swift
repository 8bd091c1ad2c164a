import Foundation

/// Writes one Swift file with the text of SQL files: `EmbedSQLTool ROOT OUTPUT FILE…`, the files relative to the root.
///
/// Raw string literals compile in no time; the byte arrays that SwiftPM's own `.embedInCode` writes take a minute for
/// two hundred thousand bytes.
@main struct EmbedSQLTool {
    static func main() throws {
        let arguments = CommandLine.arguments.dropFirst()
        guard let root = arguments.first, let output = arguments.dropFirst().first else {
            throw CocoaError(.fileNoSuchFile)
        }
        var source = """
            /// The SQL files of this target by their paths, in the order of these.
            enum EmbeddedSQL {
                static let files: [(path: String, text: String)] = [

            """
        for path in arguments.dropFirst(2) {
            let text = try String(contentsOf: URL(filePath: root).appending(path: path), encoding: .utf8)
            source += "        (\"\(path)\", \(literal(text))),\n"
        }
        source += "    ]\n}\n"
        try source.write(to: URL(filePath: output), atomically: true, encoding: .utf8)
    }

    /// A raw string literal of the text, with more number signs than any that the text has in a row.
    private static func literal(_ text: String) -> String {
        var signs = "#"
        while text.contains(signs) { signs += "#" }
        return "\(signs)\"\"\"\n\(text)\n\"\"\"\(signs)"
    }
}
