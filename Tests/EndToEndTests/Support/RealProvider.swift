import Foundation
import PureSupport
import Values

/// An OpenID Connect provider that others made, on a port of its own: PyPI's `oidc-provider-mock`, with pages of its own.
struct RealProvider {
    let issuer: String

    /// - Parameter claims: of each account, with its `sub`.
    static func with(_ claims: [JSON], _ body: (RealProvider) async throws -> Void) async throws {
        let port = try FreePort.find()
        let process = Process()
        process.executableURL = URL(fileURLWithPath: OtherProgram.python)
        process.arguments =
            ["-m", "oidc_provider_mock", "-p", String(port)] + claims.flatMap { ["--user-claims", $0.serialized] }
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        // It may have been started with other signals held back.
        defer { kill(process.processIdentifier, SIGKILL) }
        let provider = RealProvider(issuer: "http://127.0.0.1:\(port)")
        // However long it takes to start on a busy machine.
        let retrying = ["--retry", "900", "--retry-delay", "1", "--retry-connrefused"]
        _ = try await OtherProgram.runAside("curl", ["-sf"] + retrying + [provider.issuer + "/jwks"])
        try await body(provider)
    }
}
