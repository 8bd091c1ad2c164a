import Foundation

/// Writes one Swift file with the commit that a folder has checked out: `EmbedCommitTool ROOT OUTPUT`. Git itself is not needed, and
/// where there is no repository, as in an archive of the sources, the commit is unknown.
@main struct EmbedCommitTool {
    static func main() throws {
        let arguments = CommandLine.arguments.dropFirst()
        guard let root = arguments.first, let output = arguments.dropFirst().first else {
            throw CocoaError(.fileNoSuchFile)
        }
        let commit = commit(in: root + "/.git")
        let value = commit.map { "\"\($0)\"" } ?? "nil"
        let source = """
            /// What the program was built from.
            enum Commit {
                /// The commit, in hexadecimal digits; `nil` where the sources were in no repository.
                static let id: String? = \(value)
            }

            """
        try source.write(to: URL(filePath: output), atomically: true, encoding: .utf8)
    }

    private static func commit(in git: String) -> String? {
        guard let head = text(git + "/HEAD") else { return nil }
        guard head.hasPrefix("ref: ") else { return hexadecimal(head) }
        let branch = String(head.dropFirst(5))
        if let loose = text(git + "/" + branch) { return hexadecimal(loose) }
        let packed = text(git + "/packed-refs")?.split(separator: "\n").first { $0.hasSuffix(" " + branch) }
        return packed.flatMap { $0.split(separator: " ").first }.flatMap { hexadecimal(String($0)) }
    }

    private static func text(_ path: String) -> String? {
        FileManager.default.contents(atPath: path).map {
            String(decoding: $0, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        }
    }

    private static func hexadecimal(_ text: String) -> String? {
        text.count >= 40 && text.allSatisfy(\.isHexDigit) ? text : nil
    }
}
