import Foundation
import PackagePlugin

/// Compiles the commit that a program is built from into it, so that `--version` can tell.
@main struct EmbedCommit: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
        let root = context.package.directoryURL
        let output = context.pluginWorkDirectoryURL.appending(path: "Commit.swift")
        // Made again whenever one of these changes: another branch, another commit of it, references that were packed.
        let watched = (["HEAD", "packed-refs"] + [EmbedCommit.branch(root)].compactMap { $0 })
            .map { root.appending(path: ".git").appending(path: $0) }
            .filter { FileManager.default.fileExists(atPath: $0.path) }
        return [
            .buildCommand(
                displayName: "Embedding the commit",
                executable: try context.tool(named: "EmbedCommitTool").url,
                arguments: [root.path, output.path],
                inputFiles: watched,
                outputFiles: [output]
            )
        ]
    }

    /// The branch that is checked out, such as `refs/heads/main`; `nil` for a commit without one, or without a repository.
    private static func branch(_ root: URL) -> String? {
        let head = FileManager.default.contents(atPath: root.appending(path: ".git/HEAD").path) ?? Data()
        let text = String(decoding: head, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        return text.hasPrefix("ref: ") ? String(text.dropFirst(5)) : nil
    }
}
