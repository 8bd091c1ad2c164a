import Foundation
import Identity
import PureSupport
import TestSupport
import Testing
import Values

/// Schemathesis against the real server: calls that the document allows, calls that it does not, and what comes back.
@Suite(.serialized) struct SchemaFaultTests {
    /// Streams that stay open, and what a server for development answers beside everything else.
    private static let left = "^/(pay/.token./events|metrics)"

    @Test(arguments: [Role.portal, .admin])
    func `nothing is answered that the document does not allow, and nothing accepted that it forbids`(_ role: Role)
        async throws
    {
        // The same calls each time unless a seed is given: what another seed finds is to be looked for on purpose.
        let seed = ProcessInfo.processInfo.environment["KHOP_SEED"] ?? "2026"
        let folder = FileManager.default.temporaryDirectory.path + "/khop-faults-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { do { try FileManager.default.removeItem(atPath: folder) } catch {} }
        try await LiveServer.with { server in
            let key = try await server.key(role)
            do {
                // It keeps what it found in the folder it runs in; what it says goes where failures are told from.
                _ = try await OtherProgram.runAside(
                    "/bin/sh",
                    [
                        "-c", "cd \"$0\" && exec \"$@\" >&2", folder, OtherProgram.python, "-m", "schemathesis.cli",
                        "--config-file", Repository.root + "/Fixtures/openapi/schemathesis.toml", "run",
                        Repository.root + "/Sources/Server/Documents/openapi.json", "--url", server.baseURL, "-H",
                        "Authorization: Bearer \(key)", "--checks", "all", "--max-examples", "3", "--seed", seed,
                        "--continue-on-failure", "--request-timeout", "300", "--phases", "examples,coverage,fuzzing",
                        "--warnings", "off",
                        "--exclude-path-regex", Self.left,
                    ]
                )
            } catch { Issue.record("\(role), KHOP_SEED=\(seed): \(error)") }
        }
    }
}
